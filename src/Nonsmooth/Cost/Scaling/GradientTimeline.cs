using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>When the gradients of one shard are ready while value and gradient run.</summary>
/// <param name="Compute">Seconds of value and gradient of one shard.</param>
/// <param name="Optimizer">Seconds of the optimizer's pass over all parameters.</param>
/// <param name="Gradients">The gradients, in the order of the parameters.</param>
public sealed record GradientTimeline(double Compute, double Optimizer, IReadOnlyList<ReadyGradient> Gradients)
{
    /// <summary>Bytes of all gradients.</summary>
    public long Bytes { get; } = Gradients.Sum(g => g.Bytes);

    /// <summary>A network's on a device that is not here.</summary>
    /// <param name="objective">The program of the loss of one shard.</param>
    /// <param name="report">What its nodes cost, forwards and backwards.</param>
    /// <param name="parameters">The inputs that are trained.</param>
    /// <param name="device">What the device does.</param>
    /// <param name="optimizerBytes">Bytes that the optimizer moves for each number.</param>
    /// <remarks>The sweep goes through the nodes backwards; a gradient is ready once the first node that takes its parameter has been swept.</remarks>
    /// <exception cref="NonsmoothException">A parameter is no input of the program.</exception>
    public static GradientTimeline Of(Program objective, CostReport report, IEnumerable<string> parameters, DeviceRate device, int optimizerBytes)
    {
        double[] swept = new double[objective.Nodes.Count];
        double time = report.Nodes.Sum(n => device.Seconds(n.Forward));
        for (int n = swept.Length - 1; n >= 0; n--)
        {
            swept[n] = time += device.Seconds(report.Nodes[n].Backward);
        }

        var first = new Dictionary<int, int>();
        foreach (var node in objective.Nodes)
        {
            foreach (int argument in node.Arguments)
            {
                first.TryAdd(argument, node.Index);
            }
        }

        var ready = parameters.Select(name => objective.Input(name)).Select(p => new ReadyGradient(
            p.Name, first.TryGetValue(p.Value, out int node) ? swept[node] : time, objective.Types[p.Value].Shape.Count64 * sizeof(float)));
        ReadyGradient[] gradients = [.. ready];
        return new GradientTimeline(time, gradients.Sum(g => g.Bytes) / sizeof(float) * (double)optimizerBytes / device.Bytes, gradients);
    }

    /// <summary>Gradients together, in the order in which they are ready: each bucket is full but the last.</summary>
    /// <param name="bytes">What makes a bucket full, at least 1.</param>
    public IReadOnlyList<ReadyGradient> Buckets(long bytes)
    {
        var buckets = new List<ReadyGradient>();
        long open = 0;
        foreach (var gradient in Gradients.OrderBy(g => g.Seconds))
        {
            open += gradient.Bytes;
            if (open >= bytes)
            {
                buckets.Add(gradient with { Bytes = open });
                open = 0;
            }
        }

        return open == 0 ? buckets : [.. buckets, Gradients.MaxBy(g => g.Seconds) with { Bytes = open }];
    }
}

/// <summary>A gradient, or several that travel together, named by the last.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Seconds">When it is ready, from where its shard begins.</param>
/// <param name="Bytes">Its length.</param>
public readonly record struct ReadyGradient(string Name, double Seconds, long Bytes);
