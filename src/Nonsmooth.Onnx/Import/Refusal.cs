namespace Nonsmooth.Onnx.Import;

/// <summary>Thrown by a rule for a node that it has no program for; gathered, and reported with all others.</summary>
#pragma warning disable CA1064 // It does not leave the importer.
internal sealed class Refusal(string reason) : Exception(reason);
#pragma warning restore CA1064
