"""The page of imports: files that wait on disk, work in the background, and the four steps on the screen."""
