"""What recognisers make of our voices."""
