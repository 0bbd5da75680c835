"""The engines that come with voiceguide, and what runs them in a process of their own."""
