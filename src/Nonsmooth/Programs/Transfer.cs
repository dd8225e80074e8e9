namespace Nonsmooth.Programs;

/// <summary>What nodes of a program become in a builder: the numbers there of its functions and scopes.</summary>
/// <param name="source">The program.</param>
/// <param name="scope">The builder's scope that they are put into.</param>
/// <param name="prefix">The builder's scope whose name stands before theirs.</param>
internal sealed class Transfer(Program source, int scope, int prefix)
{
    public Program Source => source;

    public Names Names => source.Names;

    public int Scope => scope;

    public int Prefix => prefix;

    /// <summary>By scope of the source; 0 where there is none yet.</summary>
    public int[] Scopes { get; } = new int[source.Names.ScopeCount];

    /// <summary>By function of the source, counted from 1; 0 where there is none yet.</summary>
    public int[] Functions { get; } = new int[source.Table.Functions.Length];
}
