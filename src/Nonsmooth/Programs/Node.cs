namespace Nonsmooth.Programs;

/// <summary>One application of an elementary function to earlier values: a view of a program.</summary>
/// <remarks>Two views of one node are equal, though they may be two objects.</remarks>
public sealed class Node : IEquatable<Node>
{
    internal Node(Program program, int index) => (Program, Index) = (program, index);

    /// <summary>Its position among the nodes of its program.</summary>
    public int Index { get; }

    /// <summary>Unique in its program; dots separate modules: <c>features.3.relu</c>. Composed when asked for.</summary>
    public string Name => Program.Names.OfNode(Record.FirstResult);

    /// <summary>The elementary function.</summary>
    public ElementaryFunction Function => Program.Table.Function(Record.Function);

    /// <summary>Numbers of the values it is applied to.</summary>
    public ValueList Arguments => Program.Table.ArgumentList(Index);

    /// <summary>Numbers of the values it makes, consecutive.</summary>
    public ValueList Results => new(null, Record.FirstResult, Record.Results);

    /// <summary>
    /// Which making of the application this is: 0 for the first, more for those repeated on purpose
    /// (<see cref="ProgramBuilder.Fresh"/>), which no transformation shares with one another.
    /// </summary>
    public int Copy => Record.Copy;

    /// <summary>Why it is in its program.</summary>
    public NodeRole Role => Record.Provenance.Role;

    /// <summary>
    /// The node of the same program whose derivative or repetition this is part of; null for none, and where that node was
    /// taken out because no output needs it.
    /// </summary>
    public Node? Origin => Record.Provenance.Origin is >= 0 and int origin ? new Node(Program, origin) : null;

    /// <summary>Which cotangent or tangent it carries, from 0, where several are propagated at once.</summary>
    public int Seed => Record.Provenance.Seed;

    /// <summary>The module that it was written in, or that of the node whose derivative it is part of: <c>features.3</c>; empty outside of any.</summary>
    public string Module => Program.Names.Module(Record.Scope);

    internal Program Program { get; }

    internal ref readonly NodeRecord Record => ref Program.Table[Index];

    /// <summary>Whether two views are of one node.</summary>
    public static bool operator ==(Node? left, Node? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two views are of different nodes.</summary>
    public static bool operator !=(Node? left, Node? right) => !(left == right);

    /// <summary>Whether it is part of the derivative of a node, or of what that node was written out as.</summary>
    /// <param name="node">That node's name, in whatever program this one's was derived from.</param>
    public bool IsDerivativeOf(string node) => Program.Names.Owners(Record.Scope, ScopeKind.Derivative).Contains(node);

    /// <summary>
    /// The names of the nodes that it stands for, from the nearest: its own, then what it was written out from or is part of
    /// the derivative of, then what that was written out from, and so on.
    /// </summary>
    /// <remarks>So a row of a table over another program, of which this one's was made, is found: the first name that is there.</remarks>
    public IEnumerable<string> Lineage() => Program.Names.Owners(Record.Scope, null).Prepend(Name);

    /// <inheritdoc/>
    public bool Equals(Node? other) => other is not null && other.Index == Index && ReferenceEquals(other.Program, Program);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Node);

    /// <inheritdoc/>
    public override int GetHashCode() => Index;

    /// <summary>The name and the function.</summary>
    public override string ToString() => $"{Name} = {Function.Name}";
}
