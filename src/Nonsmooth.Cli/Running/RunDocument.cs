using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Output;
using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Cli.Running;

/// <summary>What a model gave on arrays, as a report and as arrays.</summary>
internal static class RunDocument
{
    /// <summary>Outputs by their names, <c>loss</c>, <c>grad.NAME</c>.</summary>
    public static IEnumerable<KeyValuePair<string, StoredTensor>> Arrays(ModelRun run) =>
    [
        .. run.Outputs,
        .. run.Loss is { } loss ? [KeyValuePair.Create("loss", StoredTensor.Of<double>([loss]))] : (KeyValuePair<string, StoredTensor>[])[],
        .. run.Gradients.Select(g => KeyValuePair.Create($"grad.{g.Key}", g.Value)),
    ];

    /// <summary>The report.</summary>
    public static Document Of(BoundModel model, ModelRun run, ValueLoss loss, Precision precision, Profile profile)
    {
        Row[] outputs = [.. run.Outputs.Select(RowOf)];
        Row[] gradients = [.. run.Gradients.Select(RowOf)];
        var document = new Document(new Result(model.Name, precision.Name(), profile.Name, loss.Name, run.Loss, outputs, gradients, model.Notes), $"{model.Name}, {precision.Name()}")
            .Table(outputs, (Column.Code("output"), r => r.Name), (Column.Text("shape"), r => string.Join('×', r.Shape)), (Column.Digits("norm", 6), r => r.Norm))
            .Say($"The loss, {loss.Name}, is {Numbers.Digits(run.Loss ?? double.NaN, 9)}.");
        if (gradients.Length > 0)
        {
            document.Section("Gradients").Table(gradients, (Column.Code("weight"), r => r.Name), (Column.Text("shape"), r => string.Join('×', r.Shape)), (Column.Digits("norm of the gradient", 6), r => r.Norm))
                .Say($"At kinks they are {profile.Name}'s.");
        }

        return model.Notes.Count == 0 ? document : document.Section("Of the file").Say(model.Notes);
    }

    private static Row RowOf(KeyValuePair<string, StoredTensor> array) =>
        new(array.Key, [.. array.Value.Shape], Math.Sqrt(array.Value.ToDoubles().Sum(x => x * x)));

    private sealed record Row(string Name, IReadOnlyList<long> Shape, double Norm);

    private sealed record Result(string Model, string Precision, string Profile, string Loss, double? LossValue, IReadOnlyList<Row> Outputs, IReadOnlyList<Row> Gradients, IReadOnlyList<string> Notes);
}
