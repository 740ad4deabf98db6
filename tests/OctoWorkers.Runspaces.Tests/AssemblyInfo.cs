using Xunit;

// Much of their time these tests wait: for processes that start, and for time-outs of what does not answer.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
