"""The pages: each asks one question, shows a finding, saves what was answered."""
