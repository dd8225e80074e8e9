using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Bench.Kernels;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Optimizers;
using Nonsmooth.TorchSharp;
using Nonsmooth.TorchSharp.Tests;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Nonsmooth.Bench.Optimizers;

/// <summary>The step of our optimizers over TorchSharp's parameters beside TorchSharp's AdamW: the same module, sizes of gradients, threads and run, in turns, medians; with one thread that thread's own time.</summary>
internal static class TorchSharpStep
{
    private const double Rate = 1e-4;

    public static int Run(string[] args)
    {
        int rounds = (int)OptimizerBandwidth.Option(args, "--rounds", 31);
        int threads = (int)OptimizerBandwidth.Option(args, "--threads", Environment.ProcessorCount);
        if (NativeTorchSharp.Failure is { } failure)
        {
            Console.Error.WriteLine(failure);
            return 1;
        }

        set_num_threads(threads);
        Compare("lenet5", () => LeNet(), rounds, threads);
        Compare("mlp:784-512-512-10", () => nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)), rounds, threads);
        Compare("200 layers of 16 x 16", () => nn.Sequential([.. Enumerable.Range(0, 200).Select(_ => (nn.Module<Tensor, Tensor>)nn.Linear(16, 16))]), rounds, threads);
        Compare("one layer of 4096 x 4096", () => nn.Sequential(nn.Linear(4096, 4096)), rounds, threads);
        return 0;
    }

    private static Sequential LeNet() => nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(256, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10));

    private static void Compare(string name, Func<Sequential> module, int rounds, int threads)
    {
        Sequential[] models = [module(), module(), module()];
        foreach (Sequential model in models)
        {
            foreach (var parameter in model.parameters())
            {
                parameter.grad = randn(parameter.shape) * 0.01;
            }
        }

        using var theirs = optim.AdamW(models[0].parameters(), lr: Rate);
        using var adamW = new KernelOptimizer(models[1].parameters(), new AdamWOptions(), Rate);
        using var innaprop = new Innaprop(models[2].parameters(), lr: Rate);
        optim.Optimizer[] optimizers = [theirs, adamW, innaprop];
        double[] seconds = Clock.Medians(threads == 1 ? ThreadClock.Instance : TimeProvider.System, rounds, [.. optimizers.Select(optimizer => (Action)(() =>
        {
            for (int i = 0; i < 5; i++)
            {
                optimizer.step();
            }
        }))]);
        Taken.Note($"torchsharp/{name}/adamw", seconds[1] / 5, seconds[0] / 5);
        Taken.Note($"torchsharp/{name}/innaprop", seconds[2] / 5, seconds[0] / 5);
        long count = models[0].parameters().Sum(p => p.NumberOfElements);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {count} parameters in {models[0].parameters().Count()} tensors, {threads} threads: TorchSharp's AdamW {seconds[0] / 5 * 1e3:F4} ms, our AdamW {seconds[1] / 5 * 1e3:F4} ms (ratio {seconds[1] / seconds[0]:F3}), INNAprop {seconds[2] / 5 * 1e3:F4} ms (ratio {seconds[2] / seconds[0]:F3})"));
        Array.ForEach(models, model => model.Dispose());
    }
}
