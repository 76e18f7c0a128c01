"""The kiosk: eight tiles, a place, a plan, three centers, something to take away, and no trace (PRODUCT "Kiosk")."""
