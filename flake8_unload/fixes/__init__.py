"""Works out the fixes that are too long for their rule's file. Knows events and edits, no libcst."""
