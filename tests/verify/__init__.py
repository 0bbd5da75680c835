"""`voiceguide verify` on files as they were made, and on files that came to harm."""
