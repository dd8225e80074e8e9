namespace Nonsmooth;

/// <summary>An answer's time is over: the way out to where it is said, with what had been found.</summary>
internal sealed class OutOfTimeException(string reason) : Exception(reason);
