using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>Layers with parameters of their own, initialised as PyTorch does by default.</summary>
public static class Layers
{
    /// <summary>x·Wᵀ + b; parameters <c>weight</c> [outputs, inputs] and <c>bias</c> [outputs] in the current scope.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="x">[N, inputs].</param>
    /// <param name="outputs">Neurons.</param>
    /// <returns>[N, outputs].</returns>
    public static Variable Linear(this NetworkBuilder network, Variable x, int outputs)
    {
        int inputs = x.Shape[^1];
        var initializer = Initializer.FanIn(inputs);
        var weight = network.Parameter("weight", new Shape(outputs, inputs), initializer);
        var bias = network.Parameter("bias", new Shape(outputs), initializer, decays: false);
        return Functions.Linear(x, weight, bias);
    }

    /// <summary>A convolution; parameters <c>weight</c> [channels, C, k, k] and <c>bias</c> [channels] in the current scope.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">Distance between windows.</param>
    /// <param name="padding">Zeros around the plane.</param>
    /// <returns>[N, channels, H', W'].</returns>
    public static Variable Conv2d(this NetworkBuilder network, Variable x, int channels, int kernel, int stride = 1, int padding = 0)
    {
        int inputs = x.Shape[1];
        var initializer = Initializer.FanIn((long)inputs * kernel * kernel);
        var weight = network.Parameter("weight", new Shape(channels, inputs, kernel, kernel), initializer);
        var bias = network.Parameter("bias", new Shape(channels), initializer, decays: false);
        return Functions.Conv2d(x, weight, bias, stride, padding);
    }
}
