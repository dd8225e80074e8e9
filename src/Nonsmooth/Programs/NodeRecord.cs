namespace Nonsmooth.Programs;

/// <summary>A node as it lies in memory.</summary>
/// <param name="Function">The number of its function.</param>
/// <param name="FirstArgument">Where its arguments begin among those of all nodes.</param>
/// <param name="Arguments">How many it has.</param>
/// <param name="FirstResult">The number of its first result; the others follow.</param>
/// <param name="Results">How many it has.</param>
/// <param name="Copy">Which making of the application it is.</param>
/// <param name="Scope">The number of the scope that it is in.</param>
/// <param name="Provenance">Where it comes from.</param>
internal readonly record struct NodeRecord(
    int Function, int FirstArgument, int Arguments, int FirstResult, int Results, int Copy, int Scope, Provenance Provenance);
