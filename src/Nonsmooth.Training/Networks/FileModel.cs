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
/// The first axis of an input is the batch. One whose first axis is another, or that has none, is no data: it is zeros, as a recurrent state's start, or the whole
/// number that was given for it. Images of another size than the model's are resized in the program (linear, with antialiasing). What puts out numbers [N, classes],
/// or [N, T, classes] from tokens, is a classifier; other models are trained on squared errors, and counted with the sum of squares of what they put out.
/// Statistics of batch norms stay as the file has them, but for a file exported for training: they move as there, and evaluation takes them.
/// </remarks>
internal sealed class FileModel
{
    private const string HeadName = "head";
    private readonly string _path;
    private readonly FileShapes _shapes;
    private readonly IModelFile _file;
    private readonly FileSettings _options;
    private readonly ConcurrentDictionary<(int Batch, bool IsTraining), BoundModel> _bound = new();

    private FileModel(string path, IModelFile file, NetworkSettings settings)
    {
        (_path, _file, _options) = (path, file, settings.File ?? new FileSettings());
        _shapes = new FileShapes(path, file, settings);
    }

    /// <summary>A row for the files of a kind.</summary>
    public static ModelRow Row(ModelFormat format) => new(format.Name, $"a model in {format.Name}", format.Matches, (path, settings) => Create(path, format.Open(path), settings));

    private static Model Create(string path, IModelFile file, NetworkSettings settings)
    {
        var made = new FileModel(path, file, settings);
        var bound = made.Bind(made._shapes.Batch, file.IsForTraining);
        var output = made._options.Head is { } head ? TensorType.Real(new Shape(made._shapes.Batch, head)) : Vector(bound.Value.Types[bound.Value.Outputs[0].Value]);
        bool isText = made._shapes.Fields is [{ Type: { Kind: ElementKind.Index, Shape.Rank: 1 } run }] && output.Shape.Rank == 3 && output.Shape[1] == run.Shape[0];
        var target = settings.Target ?? (isText ? Field.Index(FieldList.Target, output.Shape[1..2], output.Shape[2], InputRole.Target)
            : output is { Kind: ElementKind.Real, Shape.Rank: 2 } && output.Shape[1] > 1 ? Field.Index(FieldList.Target, Shape.Scalar, output.Shape[1], InputRole.Target)
            : null);
        if (target is { Type.Kind: ElementKind.Index, Classes: { } classes } && output.Shape.Rank > 1 && classes > output.Shape[^1])
        {
            throw new NonsmoothException($"model '{path}' tells {output.Shape[^1]} classes apart, the data have {classes}: give replace-head as {classes} or more");
        }

        return new Model(path)
        {
            Examples = [.. made._shapes.Fields, .. target is null ? (Field[])[] : [target]],
            Forward = made.Forward,
            UsualBatch = made._shapes.Batch,
            Notes = bound.Notes,
            Refusal = bound.Refusal,
            Loss = target is null ? Losses.Of("sum-squares", SumSquares)
                : target.Type.Kind == ElementKind.Real ? Losses.Of("mse", a => Losses.MeanSquared(target.Name).Of(First(a)))
                : bound.Value.Outputs.Count > 1 ? Losses.Of("cross-entropy", a => Losses.CrossEntropy(target.Name).Of(First(a)))
                : Losses.CrossEntropy(target.Name),
            Metrics = target is { Type.Kind: ElementKind.Index } && bound.Value.Outputs.Count == 1 ? [Objectives.Metrics.Accuracy(target.Name)] : [],
        };
    }

    private static LossArguments First(LossArguments arguments) => arguments with { Outputs = new NamedVariables("output", arguments.Outputs.Take(1)) };

    private static Variable SumSquares(LossArguments arguments) =>
        arguments.Outputs.Select(o => Functions.Square(o.Value).Sum()).Aggregate((a, b) => a + b) * (1.0 / arguments.Outputs[0].Value.Shape[0]);

    // [N, C, 1, 1] is a vector too.
    private static TensorType Vector(TensorType type) =>
        type.Shape.Rank == 4 && type.Shape[2] == 1 && type.Shape[3] == 1 ? type with { Shape = type.Shape[..2] } : type;

    private BoundModel Bind(int batch, bool isTraining) => _bound.GetOrAdd((batch, isTraining && (_options.Adapter is not null || _file.IsForTraining)), key =>
    {
        int n = key.Batch;
        try
        {
            return _file.Bind(new Binding { Adapter = _options.Adapter, IsTraining = key.IsTraining, IsEvaluation = !key.IsTraining && _file.IsForTraining, Shapes = _shapes.Of(n), Values = _shapes.Values, Outputs = _options.Head is not null && _file.HeadInput is { } features ? [features] : [] });
        }
        catch (NonsmoothException e) when (n != _shapes.Batch)
        {
            throw new NonsmoothException($"{e.Message}: the file was exported for a batch of {_shapes.Batch}, which is part of it; give --batch {_shapes.Batch}, or export it with a free batch", e);
        }
    });

    private NamedVariables Forward(NetworkBuilder network, NamedVariables fields)
    {
        int batch = fields[0].Value.Shape[0];
        var bound = Bind(batch, network.Training);
        var (program, builder) = (bound.Value, network.Builder);
        var values = new Variable?[program.Types.Count];
        var weights = bound.Weights.ToDictionary(w => w.Name, StringComparer.Ordinal);
        foreach (var input in program.Inputs)
        {
            var type = program.Types[input.Value];
            values[input.Value] = weights.TryGetValue(input.Name, out var weight)
                ? network.Parameter(weight.Name, type.Shape, weight.Draw is { } draw ? Initializer.Drawn(draw) : weight.Stored is { } stored ? Initializer.Of(stored) : Initializer.Given(() => weight.Elements), decays: type.Shape.Rank > 1, frozen: !weight.IsTrained || _options.Freezes(weight.Name))
                : input.Role == InputRole.Step ? network.Training ? network.Step() : builder.Constant(Tensor.Of(Shape.Scalar, [0L]))
                : _shapes.FieldOf(input.Name) is { } field ? Fitted(fields[field], type) : builder.Constant(_shapes.Start(input.Name, type));
        }

        foreach (var node in program.Nodes)
        {
            builder.Replay(node, values);
            Adapt(network, program, node, weights, values);
        }

        foreach (var (weight, output) in network.Training ? bound.Moved : [])
        {
            network.Move(weight, values[program.Output(output).Value]!);
        }

        (string Name, Variable Value)[] outputs = [.. program.Outputs.Where(o => !bound.States.Contains(o.Name)).Select(o => (o.Name, values[o.Value]!)).Where(o => o.Item2.Type.Kind == ElementKind.Real && o.Item2.Shape.Rank > 0 && o.Item2.Shape[0] == batch)];
        if (outputs.Length == 0)
        {
            throw new NonsmoothException($"model '{_path}' makes {string.Join(", ", program.Outputs.Select(o => $"'{o.Name}' {program.Types[o.Value]}"))} of {batch} examples: none is of real numbers with the batch as its first axis; export it with a free batch, or choose outputs");
        }

        var first = outputs[0].Value is var given && Vector(given.Type) is var vector && vector != given.Type ? given.Reshape(vector.Shape) : outputs[0].Value;
        if (_options.Head is { } head)
        {
            var features = first.Shape.Rank == 2 ? first : first.Reshape(new Shape(batch, first.Shape.Elements / batch));
            return [(Classifier.Logits, network.Linear(HeadName, head, features))];
        }

        return new NamedVariables("output", outputs.Length == 1 ? [(Classifier.Logits, first)] : [(outputs[0].Name, first), .. outputs.Skip(1)]);
    }

    // A linear layer's adapter is called by its weight, without the end ".weight".
    private static void Adapt(NetworkBuilder network, Program program, Node node, Dictionary<string, BoundWeight> weights, Variable?[] values)
    {
        if (node.Function is not IMultiplyAdds || program.Inputs.FirstOrDefault(i => i.Value == node.Arguments[1]) is not { } weight || !weights.ContainsKey(weight.Name) || program.Types[weight.Value].Shape.Rank != 2)
        {
            return;
        }

        var (from, to) = (program.Types[node.Arguments[0]].Shape, program.Types[node.Results[0]].Shape);
        if (from.Rank != to.Rank || !from[..^1].Equals(to[..^1]))
        {
            return;
        }

        string layer = weight.Name.EndsWith(".weight", StringComparison.Ordinal) ? weight.Name[..^".weight".Length] : weight.Name;
        values[node.Results[0]] = network.Adapt(layer, values[node.Arguments[0]]!, values[node.Results[0]]!);
    }

    private Variable Fitted(Variable x, TensorType type)
    {
        if (_options.IsBgr && x.Shape.Rank == 4 && x.Shape[1] == 3)
        {
            x = Functions.Concatenate(1, x.Slice(1, 2, 3), x.Slice(1, 1, 2), x.Slice(1, 0, 1));
        }

        if (x.Type == type)
        {
            return x;
        }

        return x.Shape.Rank == 4 && type.Shape.Rank == 4 && x.Shape[1] == type.Shape[1]
            ? Functions.Resize(x, [2, 3], [type.Shape[2], type.Shape[3]], new Resizing { Antialias = true })
            : x.Shape.Elements == type.Shape.Elements && x.Type.Kind == type.Kind ? x.Reshape(type.Shape)
            : throw new ShapeException($"model '{_path}' takes {type}, the data give {x.Type}");
    }
}
