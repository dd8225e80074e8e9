using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>Layers with parameters of their own, initialised as PyTorch does by default.</summary>
public static class Layers
{
    /// <summary>x·Wᵀ + b; parameters <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs] in the current scope.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="x">[…, inputs].</param>
    /// <param name="outputs">Neurons.</param>
    /// <param name="weight">What the weight starts from; PyTorch's default if not given.</param>
    /// <param name="bias">What the bias starts from; PyTorch's default if not given.</param>
    /// <returns>[…, outputs].</returns>
    public static Variable Linear(this NetworkBuilder network, Variable x, int outputs, Initializer? weight = null, Initializer? bias = null)
    {
        int inputs = x.Shape[^1];
        var usual = Initializer.FanIn(inputs);
        var w = network.Parameter("weight", new Shape(outputs, inputs), weight ?? usual);
        var b = network.Parameter("bias", new Shape(outputs), bias ?? usual, decays: false);
        return network.Affine(x, w, b);
    }

    /// <summary>x·Wᵀ + b in a scope of its own: parameters <c>name.weight</c> and <c>name.bias</c>.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="outputs">Neurons.</param>
    /// <param name="x">[…, inputs].</param>
    /// <returns>[…, outputs].</returns>
    public static Variable Linear(this NetworkBuilder network, string name, int outputs, Variable x) =>
        network.Within(name, () => network.Linear(x, outputs));

    /// <summary>x·Wᵀ + b of parameters that are declared already, as every linear layer is made: adapters join here.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="x">[…, inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or none.</param>
    /// <param name="name">The layer's name inside the current scope, its weight being <c>name_weight</c>; empty for the scope's.</param>
    /// <returns>[…, outputs].</returns>
    public static Variable Affine(this NetworkBuilder network, Variable x, Variable weight, Variable? bias, string name = "") =>
        network.Adapt(name, x, Functions.Linear(x, weight, bias));

    /// <summary>A convolution; parameters <c>weight</c> [channels, C, k, k] and <c>bias</c> [channels] in the current scope.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">Distance between windows.</param>
    /// <param name="padding">Zeros around the plane.</param>
    /// <param name="weight">What the weight starts from, the bias then from 0; PyTorch's default for both if not given.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <returns>[N, channels, H', W'].</returns>
    public static Variable Conv2d(
        this NetworkBuilder network,
        Variable x,
        int channels,
        int kernel,
        int stride = 1,
        int padding = 0,
        Initializer? weight = null,
        bool bias = true)
    {
        int inputs = x.Shape[1];
        var usual = Initializer.FanIn((long)inputs * kernel * kernel);
        var w = network.Parameter("weight", new Shape(channels, inputs, kernel, kernel), weight ?? usual);
        var b = bias
            ? network.Parameter("bias", new Shape(channels), weight is null ? usual : Initializer.Zero, decays: false)
            : null;
        return Functions.Conv2d(x, w, b, stride, padding);
    }

    /// <summary>
    /// Normalisation of each channel; parameters <c>weight</c> and <c>bias</c> [C], buffers <c>running_mean</c> and
    /// <c>running_var</c> [C] in the current scope.
    /// </summary>
    /// <param name="network">The network under construction: in training the batch's statistics are taken, else the buffers.</param>
    /// <param name="x">[N, C, …].</param>
    /// <param name="momentum">How far a step moves the buffers.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>The shape of x.</returns>
    /// <remarks>
    /// The running variance follows the unbiased one, n/(n − 1) times the one that normalises, n numbers a channel; with
    /// one number a channel it follows 0.
    /// </remarks>
    public static Variable BatchNorm(this NetworkBuilder network, Variable x, double momentum = 0.1, double epsilon = 1e-5)
    {
        var channels = new Shape(x.Shape[1]);
        var weight = network.Parameter("weight", channels, Initializer.One, decays: false);
        var bias = network.Parameter("bias", channels, Initializer.Zero, decays: false);
        if (!network.Training)
        {
            var (runningMean, runningVariance) = (network.Tracked("running_mean"), network.Tracked("running_var"));
            return Functions.BatchNormInference(x, weight, bias, runningMean, runningVariance, epsilon);
        }

        var results = network.Builder.ApplyAll(new BatchNorm(epsilon), x, weight, bias);
        double count = (double)x.Shape.Count64 / x.Shape[1];
        network.Track("running_mean", results[1], Initializer.Zero, momentum);
        network.Track("running_var", results[2] * (count / Math.Max(1, count - 1)), Initializer.One, momentum);
        return results[0];
    }

    /// <summary>Normalisation along the innermost axis; parameters <c>weight</c> and <c>bias</c> in the current scope.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="x">[…, d].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>The shape of x.</returns>
    public static Variable LayerNorm(this NetworkBuilder network, Variable x, double epsilon = 1e-5)
    {
        var width = x.Shape[^1..];
        var weight = network.Parameter("weight", width, Initializer.One, decays: false);
        var bias = network.Parameter("bias", width, Initializer.Zero, decays: false);
        return Functions.LayerNorm(x, weight, bias, epsilon);
    }
}
