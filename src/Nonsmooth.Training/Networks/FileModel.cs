using System.Collections.Concurrent;
using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Networks;

/// <summary>A model of a file as what can be counted, audited and trained: its weights are parameters, bound to a batch as often as one is asked for.</summary>
/// <remarks>
/// The first axis of every input is the batch. Images of another size than the model's are resized in the program (linear, with antialiasing). What puts out a
/// number a class is a classifier, [N, classes] or [N, T, classes], other models are trained on squared errors. Statistics of batch norms stay as the file has
/// them.
/// </remarks>
internal sealed class FileModel
{
    private const string HeadName = "head";
    private readonly string _path;
    private readonly IModelFile _file;
    private readonly NetworkSettings _settings;
    private readonly FileSettings _options;
    private readonly ConcurrentDictionary<int, BoundModel> _bound = new();

    private FileModel(string path, IModelFile file, NetworkSettings settings) =>
        (_path, _file, _settings, _options) = (path, file, settings, settings.File ?? new FileSettings());

    /// <summary>A row for the files of a kind.</summary>
    public static ModelRow Row(ModelFormat format) => new(format.Name, $"a model in {format.Name}", format.Matches, (path, settings) => Create(path, format.Open(path), settings));

    private static Model Create(string path, IModelFile file, NetworkSettings settings)
    {
        var made = new FileModel(path, file, settings);
        var fields = made.Fields();
        var output = made.Bind(1) is var bound ? bound.Value.Types[bound.Value.Outputs[0].Value] : null!;
        int? classes = made._options.Head ?? (output.Shape.Rank >= 2 && output.Kind == ElementKind.Real ? ClassesOf(output.Shape) : null);
        bool isText = fields is [{ Type: { Kind: ElementKind.Index, Shape.Rank: 1 } }] && output.Shape.Rank == 3;
        bool regresses = settings.Target is { Type.Kind: ElementKind.Real };
        var target = settings.Target is { } given ? given
            : Field.Index(FieldList.Target, isText ? fields[0].Type.Shape : Shape.Scalar, classes, InputRole.Target);
        return new Model(path)
        {
            Examples = [.. fields, target],
            Forward = made.Forward,
            Loss = regresses ? Losses.Of("mse", a => Losses.MeanSquared(target.Name).Of(First(a))) : new CrossEntropyLoss(target.Name),
            Metrics = regresses ? [] : [Objectives.Metrics.Accuracy(target.Name)],
        };
    }

    private static LossArguments First(LossArguments arguments) => arguments with { Outputs = new NamedVariables("output", arguments.Outputs.Take(1)) };

    // [N, C, 1, 1] is a vector too.
    private static int ClassesOf(Shape output) => output.Rank == 4 && output[2] == 1 && output[3] == 1 ? output[1] : output[^1];

    private Field[] Fields()
    {
        var data = _file.Inputs;
        return [.. data.Select(input =>
        {
            string name = data.Count == 1 ? FieldList.X : input.Name;
            var shape = Example(input);
            return input.IsReal ? Field.Real(name, data.Count == 1 && _settings.Input is { } image && shape.Rank == 3 ? new Shape(image.Channels, image.Height, image.Width) : shape) : Field.Index(name, shape);
        })];
    }

    private Shape Example(FileInput input)
    {
        var sizes = input.Sizes ?? throw new NonsmoothException($"model '{_path}' does not say which axes input '{input.Name}' has: export it with a shape");
        int[] given = sizes.Count == 4 && _settings.Input is { } image ? [image.Channels, image.Height, image.Width] : sizes.Count == 2 && !input.IsReal && _settings.Tokens is { } tokens ? [tokens] : [];
        return new Shape([.. sizes.Skip(1).Select((size, i) => size ?? (i < given.Length ? given[i]
            : throw new NonsmoothException($"model '{_path}' leaves axis {i + 1} of input '{input.Name}' open: give its size, as {(sizes.Count == 4 ? "--input 3x224x224" : "--tokens 64")}")))]);
    }

    private BoundModel Bind(int batch) => _bound.GetOrAdd(batch, n => _file.Bind(new Binding
    {
        Shapes = _file.Inputs.ToDictionary(i => i.Name, i => (IReadOnlyList<int>)[n, .. Example(i)]),
        Outputs = _options.Head is not null && _file.HeadInput is { } features ? [features] : [],
    }));

    private NamedVariables Forward(NetworkBuilder network, NamedVariables fields)
    {
        var bound = Bind(fields[0].Value.Shape[0]);
        var (program, builder) = (bound.Value, network.Builder);
        var values = new Variable?[program.Types.Count];
        var weights = bound.Weights.ToDictionary(w => w.Name, StringComparer.Ordinal);
        foreach (var input in program.Inputs)
        {
            var type = program.Types[input.Value];
            values[input.Value] = weights.TryGetValue(input.Name, out var weight)
                ? network.Parameter(weight.Name, type.Shape, Initializer.Given(weight.Elements), decays: type.Shape.Rank > 1, frozen: !weight.IsTrained || _options.Freezes(weight.Name))
                : Fitted(fields[_file.Inputs.Count == 1 ? FieldList.X : input.Name], type);
        }

        foreach (var node in program.Nodes)
        {
            builder.Replay(node, values);
            Adapt(network, program, node, weights, values);
        }

        var outputs = program.Outputs.Select(o => (o.Name, Value: values[o.Value]!)).ToArray();
        int batch = fields[0].Value.Shape[0];
        if (outputs.FirstOrDefault(o => o.Value.Shape.Rank == 0 || o.Value.Shape[0] != batch).Name is { } unbatched)
        {
            throw new NonsmoothException($"model '{_path}' makes output '{unbatched}' of shape {program.Types[program.Output(unbatched).Value].Shape} from {batch} examples: its first axis must be the batch; export it with a free batch");
        }

        var first = outputs[0].Value;
        first = first.Shape is { Rank: 4 } s && s[2] == 1 && s[3] == 1 ? first.Reshape(new Shape(s[0], s[1])) : first;
        if (_options.Head is { } head)
        {
            var features = first.Shape.Rank == 2 ? first : first.Reshape(new Shape(first.Shape[0], first.Shape.Elements / first.Shape[0]));
            return [(Classifier.Logits, network.Linear(HeadName, head, features))];
        }

        return new NamedVariables("output", outputs.Length == 1 && first.Type.Kind == ElementKind.Real ? [(Classifier.Logits, first)] : [.. outputs.Where(o => o.Value.Type.Kind == ElementKind.Real).Select((o, i) => i == 0 ? (o.Name, first) : o)]);
    }

    // A linear layer's adapter is called by its weight, without the end ".weight".
    private static void Adapt(NetworkBuilder network, Program program, Node node, Dictionary<string, BoundWeight> weights, Variable?[] values)
    {
        if (node.Function is not (Linear or MatMul { TransposeLeft: false }) || program.Inputs.FirstOrDefault(i => i.Value == node.Arguments[1]) is not { } weight || !weights.ContainsKey(weight.Name)
            || program.Types[weight.Value].Shape.Rank != 2)
        {
            return;
        }

        string layer = weight.Name.EndsWith(".weight", StringComparison.Ordinal) ? weight.Name[..^".weight".Length] : weight.Name;
        values[node.Results[0]] = network.Adapt(layer, values[node.Arguments[0]]!, values[node.Results[0]]!);
    }

    private Variable Fitted(Variable x, TensorType type)
    {
        if (x.Type == type)
        {
            return x;
        }

        return x.Shape.Rank == 4 && type.Shape.Rank == 4 && x.Shape[1] == type.Shape[1]
            ? Functions.Resize(x, [2, 3], [type.Shape[2], type.Shape[3]], new Resizing { Antialias = true })
            : throw new ShapeException($"model '{_path}' takes {type}, the data give {x.Type}");
    }
}
