"""The parts of the page of synergies: choosing, board, table, map, one synergy, moving it, its benefits."""
