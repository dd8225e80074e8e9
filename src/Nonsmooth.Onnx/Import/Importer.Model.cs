using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <content>The model as a whole: inputs, initializers, outputs.</content>
internal sealed partial class Importer
{
    private readonly Dictionary<(OnnxTensor Tensor, InputRole Role), (Variable Variable, string Name, List<string> Nodes)> _weights = new(new ByIdentity());
    private readonly Dictionary<OnnxTensor, Tensor> _decoded = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _scalars = [];

    /// <summary>The variable of an initializer that is an input of the program in a role.</summary>
    public Variable Weight(Initial initial, InputRole role, ProgramBuilder builder, string node)
    {
        if (builder != _builder)
        {
            return builder.Constant(Decode(initial, node));
        }

        if (options.Trainable?.Invoke(initial.Tensor.Name) == false)
        {
            role = InputRole.Buffer;
        }

        if (!_weights.TryGetValue((initial.Tensor, role), out var weight))
        {
            string name = initial.Tensor.Name;
            for (int copy = 2; !_names.Add(name); copy++)
            {
                name = role == InputRole.Buffer && copy == 2 ? $"{initial.Tensor.Name}.buffer" : $"{initial.Tensor.Name}.{copy}";
            }

            weight = (_builder.Input(name, TensorType.Real(initial.Shape), role), name, []);
            _weights.Add((initial.Tensor, role), weight);
        }

        if (!weight.Nodes.Contains(node))
        {
            weight.Nodes.Add(node);
        }

        return weight.Variable;
    }

    /// <summary>The numbers of an initializer that has to be known.</summary>
    public Tensor Decode(Initial initial, string node)
    {
        if (!_decoded.TryGetValue(initial.Tensor, out var value))
        {
            _decoded.Add(initial.Tensor, value = initial.Tensor.ToTensor());
            if (_weights.Keys.Any(k => ReferenceEquals(k.Tensor, initial.Tensor)))
            {
                Note(OnnxNoteKind.SharedInitializer, initial.Tensor.Name, $"initializer '{initial.Tensor.Name}' is a constant for '{node}', and a weight elsewhere: training changes the weight only");
            }
        }

        return value;
    }

    private ImportValue Initializer(OnnxTensor tensor, bool isWeight)
    {
        if (tensor.DataType.Kind() is not { } kind)
        {
            return new Foreign(tensor.DataType);
        }

        if (!tensor.IsPresent)
        {
            return kind == ElementKind.Real && (isWeight || options.Trainable?.Invoke(tensor.Name) is true)
                ? new Initial(tensor)
                : new Traced(_builder.Apply(new AbsentTensor(new TensorType(kind, tensor.Shape), tensor.Name)), tensor.DataType);
        }

        // Weights vary; what is a single number without an axis, or not finite, was written by an exporter.
        if (kind == ElementKind.Real && options.Trainable?.Invoke(tensor.Name) is not true)
        {
            if (tensor.Dims.Count == 0 || (!isWeight && tensor.Shape.Count64 == 1))
            {
                _scalars.Add(tensor.Name);
            }
            else if (isWeight && OnnxDecoding.IsModest(tensor))
            {
                return new Initial(tensor);
            }
        }
        else if (kind == ElementKind.Real)
        {
            return new Initial(tensor);
        }

        if (!_decoded.TryGetValue(tensor, out var value))
        {
            _decoded.Add(tensor, value = tensor.ToTensor());
        }

        return new Known(value, tensor.DataType);
    }

    private OnnxProgram Build()
    {
        Check();
        var scope = new ImportScope(model.Opsets, new Dictionary<string, OnnxAttribute>(), 0);
        var initializers = model.Graph.Initializers.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = Inputs(scope, model.Graph.Inputs.Where(i => !initializers.Contains(i.Name)));
        string[] wanted = options.Outputs.Count > 0 ? [.. options.Outputs] : [.. model.Graph.Outputs.Select(o => o.Name)];
        var stored = model.Graph.Outputs.Concat(model.Graph.Values).DistinctBy(v => v.Name).ToDictionary(v => v.Name, v => v.Type?.Element ?? OnnxDataType.None, StringComparer.Ordinal);
        var results = Graph(model.Graph, scope, _builder, wanted);
        foreach (var (name, _) in wanted.Zip(results).Where(r => r.Second is Foreign))
        {
            Refuse(new OnnxNode { Op = "output", Name = name }, 0, "it is a text, a sequence or an optional value, which programs do not have");
        }

        if (_refused.Count > 0)
        {
            throw new OnnxUnsupportedException(Title, [.. _refused.OrderByDescending(r => r.Value.Count).Select(r => new OnnxUnsupported(r.Key.Op, r.Key.Reason, r.Value))]);
        }

        var outputs = new List<OnnxOutput>();
        var values = new List<(string Name, Variable Value)>();
        foreach (var (name, result) in wanted.Zip(results).SelectMany(p => Flat(p.First, p.Second)))
        {
            var variable = result switch
            {
                Traced { Kind: ElementKind.Real } codes when codes.Stored.IsInteger() => Functions.Cast(codes.Variable, ElementKind.Index),
                Traced traced => traced.Variable,
                Known known => _builder.Constant(known.Value),
                Initial initial => Weight(initial, InputRole.Parameter, _builder, name),
                _ => throw new OnnxException($"output '{name}' is absent, or no tensor"),
            };
            values.Add((name, variable));
            outputs.Add(new OnnxOutput(name, stored.GetValueOrDefault(name, result.Stored), variable.Type));
        }

        Summarise();
        var weights = _weights.Select(w => new OnnxWeight(w.Value.Name, w.Key.Tensor, w.Key.Role, w.Value.Nodes)).ToArray();
        return new OnnxProgram(model, _builder.Build(values), inputs, outputs, weights, _notes);
    }

    private static IEnumerable<(string Name, ImportValue Value)> Flat(string name, ImportValue? value) => value switch
    {
        Several several => several.Items.SelectMany((item, i) => Flat($"{name}.{i}", item)),
        null => throw new OnnxException($"output '{name}' is no result of its node: the file is damaged"),
        _ => [(name, value)],
    };

    private void Check()
    {
        if (model.IrVersion is < 3 and not 0)
        {
            throw new OnnxException($"it is of format {model.IrVersion}, and 3 is the first: export it anew");
        }

        var opset = model.Opsets.LastOrDefault(o => o.Domain.Length == 0);
        if (opset?.Version > OperatorRow.Newest)
        {
            throw new OnnxException($"its operators are of version {opset.Version}, and rules are known up to {OperatorRow.Newest}: export it with an older opset");
        }

        if (model.Graph.SparseInitializers > 0)
        {
            throw new OnnxException($"it has {model.Graph.SparseInitializers} sparse initializers, which are not supported: export it with dense ones");
        }
    }

    private List<OnnxInput> Inputs(ImportScope scope, IEnumerable<OnnxValue> declared)
    {
        var inputs = new List<OnnxInput>();
        var open = new List<string>();
        var all = declared.ToArray();
        foreach (string name in options.Shapes.Keys.Concat(options.Values.Keys))
        {
            if (!Array.Exists(all, i => i.Name == name))
            {
                throw new OnnxException($"it has no input '{name}': its inputs are {string.Join(", ", all.Select(i => i.Name))}");
            }
        }

        foreach (var input in all)
        {
            var element = input.Type?.Kind == OnnxTypeKind.Tensor ? input.Type.Element : OnnxDataType.None;
            if (options.Values.TryGetValue(input.Name, out var value))
            {
                scope.Set(input.Name, new Known(value, element));
                continue;
            }

            if (element.Kind() is not { } kind)
            {
                scope.Set(input.Name, new Foreign(element));
                continue;
            }

            if (Shape(input, out string missing) is { } shape)
            {
                _names.Add(input.Name);
                var variable = _builder.Input(input.Name, new TensorType(kind, shape));
                scope.Set(input.Name, new Traced(variable, element));
                inputs.Add(new OnnxInput(input.Name, element, variable.Type));
            }
            else
            {
                open.Add(missing);
            }
        }

        return open.Count == 0 ? inputs : throw new OnnxException($"its inputs have open sizes: {string.Join(", ", open)}; give their shapes");
    }

    private Shape? Shape(OnnxValue input, out string missing)
    {
        var dims = input.Type?.Dims;
        string text = dims is null ? "?" : dims.Count == 0 ? "scalar" : string.Join('x', dims);
        missing = $"{input.Name}={text}";
        if (options.Shapes.TryGetValue(input.Name, out var given))
        {
            return dims is null || (dims.Count == given.Count && dims.Zip(given).All(p => p.First.Size is null || p.First.Size == p.Second))
                ? new Shape([.. given])
                : throw new OnnxException($"input '{input.Name}' is {text}, given {(given.Count == 0 ? "scalar" : string.Join('x', given))}: the sizes that the file names are fixed");
        }

        if (dims is null)
        {
            return null;
        }

        var sizes = new int[dims.Count];
        for (int i = 0; i < sizes.Length; i++)
        {
            long? size = dims[i].Size ?? (options.Dimensions.TryGetValue(dims[i].Symbol, out int bound) ? bound : null);
            if (size is null or > int.MaxValue)
            {
                return null;
            }

            sizes[i] = (int)size;
        }

        return new Shape(sizes);
    }

    private void Summarise()
    {
        foreach (var ((tensor, role), weight) in _weights)
        {
            if (role == InputRole.Parameter && weight.Nodes.Count > 1)
            {
                Note(OnnxNoteKind.SharedInitializer, tensor.Name, $"initializer '{tensor.Name}' is read by {weight.Nodes.Count} nodes ({string.Join(", ", weight.Nodes.Take(4))}): one parameter, be it shared on purpose or because exporters merge equal tensors");
            }

            if (role == InputRole.Buffer && _weights.ContainsKey((tensor, InputRole.Parameter)))
            {
                Note(OnnxNoteKind.SharedInitializer, tensor.Name, $"initializer '{tensor.Name}' is a parameter and a statistic at once ('{weight.Name}'): exporters merge equal tensors, and training changes the parameter only");
            }
        }

        foreach (var (first, second, isTransposed) in TiedWeights.Of(_weights.Keys.Where(k => k.Role == InputRole.Parameter).Select(k => k.Tensor)))
        {
            Note(OnnxNoteKind.SharedInitializer, second.Name, $"initializers '{first.Name}' and '{second.Name}' hold the same numbers{(isTransposed ? ", one transposed" : "")}: a weight that was tied is stored twice, and training would change each by itself");
        }

        if (_scalars.Count > 0)
        {
            Note(OnnxNoteKind.ConstantInitializer, "", $"{_scalars.Count} initializers of a single number are taken for constants ({string.Join(", ", _scalars.Take(4))}{(_scalars.Count > 4 ? ", …" : "")}): name one as trainable if it is a weight");
        }

        foreach (var type in model.Graph.Initializers.Select(i => i.DataType).Concat(model.Graph.Inputs.Select(i => i.Type?.Element ?? OnnxDataType.None)).Where(t => t.IsReal() && t != OnnxDataType.Float).Distinct())
        {
            Note(OnnxNoteKind.StoredType, "", $"the file has {type}: the program is over the reals, in whichever format it is run");
        }
    }

    private sealed class ByIdentity : IEqualityComparer<(OnnxTensor Tensor, InputRole Role)>
    {
        public bool Equals((OnnxTensor Tensor, InputRole Role) x, (OnnxTensor Tensor, InputRole Role) y) => ReferenceEquals(x.Tensor, y.Tensor) && x.Role == y.Role;

        public int GetHashCode((OnnxTensor Tensor, InputRole Role) key) => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Tensor), key.Role);
    }
}
