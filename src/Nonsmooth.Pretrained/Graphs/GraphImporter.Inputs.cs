using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>The inputs and outputs of the whole.</summary>
internal sealed partial class GraphImporter
{
    private const string StepName = "step";
    private readonly Dictionary<string, Variable> _tied = new(StringComparer.Ordinal);

    public ArchiveProgram Run()
    {
        var scope = new GraphScope(archive.Graph, 0);
        var inputs = Users(scope);
        var weights = new List<ArchiveWeight>();
        var buffers = new List<(string Value, string Name, object? Before)>();
        foreach (var spec in archive.Inputs.Where(s => s.Kind is ArchiveInputKind.Parameter or ArchiveInputKind.Buffer or ArchiveInputKind.Constant))
        {
            object? value = Stored(spec, weights);
            scope.Set(spec.Value, value);
            if (spec.Kind == ArchiveInputKind.Buffer)
            {
                buffers.Add((spec.Value, spec.Name, value));
            }
        }

        Nodes(scope);
        if (archive.Guards.Count > 0)
        {
            Note(ArchiveNoteKind.Guard, "", $"{archive.Guards.Count} conditions on inputs are written as code of Python and were not checked");
        }

        var outputs = Outputs(scope, buffers);
        if (_missing.Count > 0)
        {
            throw new ArchiveUnsupportedException(archive.Path, [.. _missing.Select(m => new ArchiveUnsupported(m.Key.Operator, m.Key.Reason, m.Value.Count, m.Value.Example)).OrderByDescending(m => m.Nodes).ThenBy(m => m.Operator, StringComparer.Ordinal)]);
        }

        var program = _builder.Build(outputs.Select(o => (o.Name, o.Value!))).Prune();
        return new ArchiveProgram(archive, program, inputs, [.. outputs.Select(o => new ArchiveOutput(o.Name, o.Value!.Type, o.Buffer))], weights, _notes);
    }

    private List<ArchiveInput> Users(GraphScope scope)
    {
        var inputs = new List<ArchiveInput>();
        var users = archive.Inputs.Where(s => s.Kind == ArchiveInputKind.User && s.Value.Length > 0).ToList();
        var sizes = InputSizes.Bind(archive, users.Select(u => u.Value), options);
        foreach (var spec in users)
        {
            if (!archive.Graph.Types.TryGetValue(spec.Value, out var type))
            {
                throw new ArchiveException($"its input '{GraphScope.Shown(spec.Value)}' is no tensor, which programs do not take: export it with a tensor in its place");
            }

            if (options.Values.TryGetValue(spec.Value, out var value))
            {
                scope.Set(spec.Value, new Known(value));
                continue;
            }

            var bound = new TensorType(type.Type.Kind(), sizes[spec.Value]);
            scope.Set(spec.Value, _builder.Input(spec.Value, bound));
            inputs.Add(new ArchiveInput(spec.Value, type.Type, bound));
        }

        if (Randomness.IsIn(archive.Graph))
        {
            var type = TensorType.Index(Shape.Scalar);
            _step = _builder.Input(StepName, type, InputRole.Step);
            inputs.Add(new ArchiveInput(StepName, ArchiveType.Long, type));
            Note(ArchiveNoteKind.Random, "", $"it draws at random, as in training: its input '{StepName}' says which draws, which are not PyTorch's");
        }

        return inputs;
    }

    private object? Stored(ArchiveInputSpec spec, List<ArchiveWeight> weights)
    {
        var stored = archive.Weights.GetValueOrDefault(spec.Name) ?? archive.Constants.GetValueOrDefault(spec.Name)
            ?? throw new ArchiveException($"it has no tensor for '{GraphScope.Shown(spec.Name)}'{Nearest.Question(spec.Name, archive.Weights.Keys)}");
        var kind = stored.Type.Kind();
        if (stored.IsPresent && (kind != ElementKind.Real || (spec.Kind == ArchiveInputKind.Constant && stored.Shape.Count64 <= options.MostFolded)))
        {
            return new Known(stored.Read());
        }

        if (kind != ElementKind.Real)
        {
            return _builder.Apply(new AbsentTensor(new TensorType(kind, stored.Shape), spec.Name));
        }

        int tied = weights.FindIndex(w => w.Stored.IsSame(stored) && w.Stored.Member.Length > 0);
        if (tied >= 0)
        {
            var first = weights[tied];
            weights[tied] = first with { Tied = [.. first.Tied, spec.Name] };
            Note(ArchiveNoteKind.Tied, first.Name, $"{spec.Name} is {first.Name} under another name: one parameter, whose gradient is the sum");
            return _tied[first.Name];
        }

        bool trained = spec.Kind == ArchiveInputKind.Parameter && stored.RequiresGradient;
        if (spec.Kind == ArchiveInputKind.Parameter && !trained)
        {
            Note(ArchiveNoteKind.Frozen, spec.Name, $"{spec.Name} is frozen: requires_grad is False in the archive");
        }

        if (stored.Type is ArchiveType.Half or ArchiveType.BFloat16 or ArchiveType.Float8E4M3Fn or ArchiveType.Float8E5M2)
        {
            Note(ArchiveNoteKind.StoredType, "", $"weights are stored as {stored.Type}, and the program computes with their exact values in its own format");
        }

        var weight = new ArchiveWeight(spec.Name, stored, trained ? InputRole.Parameter : InputRole.Buffer, []);
        weights.Add(weight);
        return _tied[spec.Name] = _builder.Input(spec.Name, TensorType.Real(stored.Shape), weight.Role);
    }

    private List<(string Name, Variable? Value, string? Buffer)> Outputs(GraphScope scope, List<(string Value, string Name, object? Before)> buffers)
    {
        var outputs = new List<(string Name, Variable? Value, string? Buffer)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in archive.Outputs.Where(o => o.Mutated is null))
        {
            if (Resolve(output.Value, scope) is { } value and not (string or ForeignArgument or ElementKind))
            {
                outputs.Add((Unique(output.Value is ValueName name ? name.Name : "output"), Made(value), null));
            }
        }

        foreach (var output in archive.Outputs.Where(o => o.Mutated is not null))
        {
            outputs.Add((Unique($"after.{output.Mutated}"), Made(Resolve(output.Value, scope)), output.Mutated));
        }

        foreach (var (value, name, before) in buffers)
        {
            object? after = scope.Get(value);
            if (!ReferenceEquals(after, before))
            {
                outputs.Add((Unique($"after.{name}"), Made(after), name));
            }
        }

        return outputs.Count > 0 ? outputs : throw new ArchiveException("it returns nothing");

        Variable? Made(object? value) => IsLost(value) ? null : AsVariable(value);

        string Unique(string name)
        {
            string unique = name;
            for (int i = 1; !names.Add(unique); i++)
            {
                unique = $"{name}_{i}";
            }

            return unique;
        }
    }
}
