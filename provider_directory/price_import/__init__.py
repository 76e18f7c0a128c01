"""Hospitals' price files on their way into an edition: found, read once into a store, tied to their hospital."""
