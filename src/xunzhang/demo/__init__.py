"""The demonstration company: 恒泰汽车集团, its people, customers, policies and half a year of history."""
