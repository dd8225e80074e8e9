using Nonsmooth.Arithmetic;
using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class NetworkBufferTests
{
    private const int Batch = 3;

    // Numbers a channel: the batch times the plane.
    private const int Count = Batch * 4;

    private static readonly NetworkProgram _program = Classifier.Of("normal", new ImageShape(2, 2, 2), 4, (network, x) =>
    {
        x = network.Within("bn", () => Functions.Relu(network.BatchNorm(x)));
        return network.Within("fc", () => network.Linear(x.Flatten(1), 4));
    }).Build(Batch);

    [Fact]
    public void ProgramsDeclareBuffersAfterParameters()
    {
        string[] parameters = ["bn.weight", "bn.bias", "fc.weight", "fc.bias"];
        string[] buffers = ["bn.running_mean", "bn.running_var"];
        Assert.Equal(parameters, _program.Parameters.Select(p => p.Name));
        Assert.Equal(buffers, _program.Buffers.Select(b => b.Name));
        Assert.Equal(["x", "target", .. parameters], Inputs(_program.Loss));
        Assert.Equal(["x", "target", .. parameters, .. buffers], Inputs(_program.Evaluation));
        Assert.Equal(["x", .. parameters, .. buffers], Inputs(_program.Logits));
        Assert.Equal(["loss", "logits", .. buffers.Select(b => $"batch.{b}")], Outputs(_program.Loss));
        Assert.Equal(["loss", "logits"], Outputs(_program.Evaluation));
        Assert.Equal(["logits"], Outputs(_program.Logits));
        Assert.Equal(["loss", .. buffers.Select(b => $"batch.{b}"), .. parameters.Select(p => $"grad.{p}")], Outputs(_program.Step()));
    }

    [Fact]
    public void StatisticsAreTheMeanAndTheUnbiasedVarianceOfTheBatch()
    {
        var inputs = Draw();
        var outputs = Run(_program.Loss, inputs);
        for (int channel = 0; channel < 2; channel++)
        {
            double[] values = [.. Enumerable.Range(0, Batch).SelectMany(n => inputs[0].Cast<double>().Skip((8 * n) + (4 * channel)).Take(4))];
            double mean = values.Average();
            Assert.Equal(mean, outputs[2][channel], 12);
            Assert.Equal(values.Sum(v => (v - mean) * (v - mean)) / (Count - 1), outputs[3][channel], 12);
        }
    }

    [Fact]
    public void InferenceWithTheBatchsStatisticsIsTraining()
    {
        var inputs = Draw();
        var training = Run(_program.Loss, inputs);
        double[] biased = [.. training[3].Select(v => v * (Count - 1) / Count)];
        var evaluation = Run(_program.Evaluation, [.. inputs, training[2], biased]);
        Assert.Equal(training[0][0], evaluation[0][0], 12);
        Assert.All(training[1].Zip(evaluation[1]), pair => Assert.Equal(pair.First, pair.Second, 12));
        var other = Run(_program.Evaluation, [.. inputs, training[2], training[3]]);
        Assert.NotEqual(evaluation[0][0], other[0][0]);
    }

    [Fact]
    public void AStepIsTheGradientAndTheStatistics()
    {
        var inputs = Draw();
        var step = Run(_program.Step(), inputs);
        var gradient = Run(_program.Gradient(), inputs);
        Assert.Equal([gradient[0], .. Run(_program.Loss, inputs).Skip(2), .. gradient.Skip(1)], step);
    }

    [Fact]
    public void AStepComputesTheForwardPassOnce()
    {
        var (gradient, step) = (_program.Gradient(), _program.Step());
        Assert.Single(step.Nodes, n => n.Function.Name == "relu");
        // The statistics are results of the norm already, but for the variance's factor.
        Assert.Equal(gradient.Nodes.Count + 1, step.Nodes.Count);
    }

    [Fact]
    public void ANetworkWithoutBuffersHasOneLoss()
    {
        var program = Mlp.Create([4, 3]).Build(2);
        Assert.Empty(program.Buffers);
        Assert.Same(program.Loss, program.Evaluation);
        Assert.Equal(Outputs(program.Gradient()), Outputs(program.Step()));
    }

    [Fact]
    public void InferenceMustDeclareWhatTrainingDoes()
    {
        var network = Classifier.Of("odd", new ImageShape(2, 1, 1), 2, (network, x) =>
            network.Training ? x.Flatten(1) : network.Linear(x.Flatten(1), 2));
        Assert.Contains("'weight' is not declared in training", Assert.Throws<NonsmoothException>(() => network.Build(1)).Message, StringComparison.Ordinal);
    }

    private static Array[] Draw()
    {
        double[] Values(ulong seed, int count)
        {
            var values = new float[count];
            new CounterRandom(seed).FillNormal(values);
            return [.. values.Select(v => (double)v)];
        }

        return [Values(1, Batch * 8), new long[] { 3, 0, 2 }, Values(2, 2), Values(3, 2), Values(4, 32), Values(5, 4)];
    }

    private static double[][] Run(Program program, Array[] inputs) =>
        [.. Interpreter.Run<Float64>(program, inputs).Select(t => ((Tensor<double>)t).Elements)];

    private static IEnumerable<string> Inputs(Program program) => program.Inputs.Select(i => i.Name);

    private static IEnumerable<string> Outputs(Program program) => program.Outputs.Select(o => o.Name);
}
