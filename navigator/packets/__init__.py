"""Packets: who gets what of a referral, each recipient only its own share (REFERRAL "Who gets what")."""
