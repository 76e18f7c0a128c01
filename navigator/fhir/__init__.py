"""FHIR R4: a referral as a BSeR message for its center, and the center's answers read back (REFERRAL, TRUST A1)."""
