namespace Nonsmooth.Reliability.Traps;

/// <summary>A kind of trap: what the documentation's table says of it.</summary>
/// <param name="Id">The stable name: <c>select-sqrt</c>.</param>
/// <param name="Looks">What it looks like in a program.</param>
/// <param name="Happens">What happens, and where.</param>
/// <param name="Mend">The rewritten form.</param>
public sealed record TrapKind(string Id, string Looks, string Happens, string Mend);
