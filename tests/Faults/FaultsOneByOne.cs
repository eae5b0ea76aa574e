// Each class has a PostgreSQL and processes of its own; side by side they would only take the machine from one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
