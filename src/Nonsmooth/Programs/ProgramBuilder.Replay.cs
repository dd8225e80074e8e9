using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <content>How nodes of other programs are applied again.</content>
public sealed partial class ProgramBuilder
{
    private Transfer? _transfer;

    /// <summary>Inserts a program, its inputs bound to variables; returns its outputs.</summary>
    /// <remarks>The node names are kept, inside the current scope.</remarks>
    public IReadOnlyList<Variable> Inline(Program program, params ReadOnlySpan<Variable> arguments)
    {
        if (arguments.Length != program.Inputs.Count)
        {
            throw new NonsmoothException(
                $"inlining a program of {program.Inputs.Count} inputs ({string.Join(", ", program.Inputs.Select(i => i.Name))}) with {arguments.Length} arguments");
        }

        var values = new Variable?[program.Types.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            var expected = program.Types[program.Inputs[i].Value];
            if (arguments[i].Type != expected)
            {
                throw new ShapeException(
                    $"{Qualify(program.Inputs[i].Name)}: the program takes {expected}, the argument {arguments[i].Name} is {arguments[i].Type}");
            }

            values[program.Inputs[i].Value] = arguments[i];
        }

        var transfer = new Transfer(program, _now.Scope, _now.Prefix);
        for (int node = 0; node < program.Table.Count; node++)
        {
            Replay(transfer, node, values);
        }

        return [.. program.Outputs.Select(o => values[o.Value]!)];
    }

    /// <summary>Applies a node of another program to the images of its arguments, under its own name.</summary>
    /// <param name="node">The node.</param>
    /// <param name="values">Images of the other program's values, by number; the results are filled in.</param>
    public void Replay(Node node, Variable?[] values) => Replay(TransferOf(node.Program), node.Index, values);

    /// <summary>Until the scope is disposed, what is applied stands for a node of another program: in its module, of its role.</summary>
    internal IDisposable For(Node node, Variable?[] values) => Within(
        new BuildingContext(ScopeOf(node), _now.Prefix, _now.Copy == 0 ? node.Copy : _now.Copy, ProvenanceOf(node.Program, node.Record, values)));

    private void Replay(Transfer transfer, int node, Variable?[] values)
    {
        var table = transfer.Source.Table;
        ref readonly var record = ref table[node];
        var arguments = table.Arguments(node);
        Span<int> ids = arguments.Length <= 16 ? stackalloc int[arguments.Length] : new int[arguments.Length];
        bool same = true;
        for (int i = 0; i < ids.Length; i++)
        {
            var image = values[arguments[i]]
                ?? throw new InvalidOperationException($"{transfer.Names.OfNode(record.FirstResult)}: argument {i} has no image");
            ids[i] = image.Id;
            same &= image.Type.Equals(transfer.Source.Types[arguments[i]]);
        }

        ref int function = ref transfer.Functions[record.Function];
        function = function == 0 ? Number(table.Function(record.Function)) + 1 : function;
        var outer = _now;
        _now = _now with { Copy = _now.Copy == 0 ? record.Copy : _now.Copy };
        _copies = Math.Max(_copies, _now.Copy);
        int scope = _keyed[function - 1] ? _names.Adopt(transfer, record.Scope) : 0;
        var (first, count) = Known(function - 1, ids, scope);
        if (first < 0)
        {
            var types = same
                ? transfer.Source.TypesOf(record)
                : Infer(transfer.Names.OfNode(record.FirstResult), table.Function(record.Function), [.. arguments.ToArray().Select(a => values[a]!)]);
            _names.AddNode(_now.Prefix, transfer.Names, record.FirstResult, types.Length);
            (first, count) = Add(function - 1, ids, types, _names.Adopt(transfer, record.Scope), ProvenanceOf(transfer.Source, record, values));
        }

        _now = outer;
        for (int i = 0; i < count; i++)
        {
            values[record.FirstResult + i] = _variables[first + i];
        }
    }

    private Provenance ProvenanceOf(Program source, in NodeRecord record, Variable?[] values)
    {
        if (_now.Provenance.Role == NodeRole.Recomputed)
        {
            int origin = values[record.FirstResult]?.Maker ?? _now.Provenance.Origin;
            bool again = origin >= 0 && _nodes[origin].Provenance.Role == NodeRole.Recomputed;
            return _now.Provenance with { Origin = again ? _nodes[origin].Provenance.Origin : origin };
        }

        return record.Provenance.Role == NodeRole.Primal
            ? _now.Provenance
            : record.Provenance with
            {
                Origin = record.Provenance.Origin < 0 ? -1 : values[source.Table[record.Provenance.Origin].FirstResult]?.Maker ?? -1,
            };
    }

    private int ScopeOf(Node node) => _names.Adopt(TransferOf(node.Program), node.Record.Scope);

    private Transfer TransferOf(Program program)
    {
        if (_transfer is null || !ReferenceEquals(_transfer.Source, program) || _transfer.Scope != _now.Scope || _transfer.Prefix != _now.Prefix)
        {
            _transfer = new Transfer(program, _now.Scope, _now.Prefix);
        }

        return _transfer;
    }
}
