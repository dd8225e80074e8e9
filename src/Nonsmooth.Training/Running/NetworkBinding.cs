using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Running;

/// <summary>Models of any kind on the shapes of arrays.</summary>
public static class NetworkBinding
{
    /// <summary>The model of a file, or a network of the registry: its program of inference, with weights drawn or from a file.</summary>
    /// <param name="name">A path, or a network's name.</param>
    /// <param name="binding">What it is told.</param>
    /// <exception cref="NonsmoothException">There is none, it is damaged, an input has no shape, or weights do not fit.</exception>
    public static BoundModel Bind(string name, Binding binding)
    {
        if (ModelFormat.Of(name) is { } format)
        {
            return format.Open(name).Bind(binding);
        }

        AdapterRequest.Refuse(binding.Adapter, name);
        var network = Models.Find(name);
        var first = network.Examples.Data.First();
        int batch = binding.Find(first.Name) is { Shape: [var examples, ..] } ? checked((int)examples)
            : binding.Shapes.TryGetValue(first.Name, out var shape) && shape.Count > 0 ? shape[0]
            : throw new NonsmoothException($"network '{name}' takes '{first.Name}', {first.Batch(1)} for one example: there is no array of that name");
        var programs = network.Build(batch);
        var source = binding.Weights is { } path ? new WeightSource(path, network, static _ => { }) : null;
        float[] Drawn(string weight, Shape sizes, Initializer initializer, string id)
        {
            float[] values = new float[sizes.Elements];
            initializer.Fill(values, new CounterRandom(binding.Seed).Derive(id));
            source?.Copy(weight, sizes, values);
            return values;
        }

        return new BoundModel(name, programs.Logits,
        [
            .. programs.Parameters.Select(p => new BoundWeight(p.Name, Drawn(p.Name, p.Shape, p.Initializer, p.Id), !p.Frozen)),
            .. programs.Buffers.Select(b => new BoundWeight(b.Name, Drawn(b.Name, b.Shape, b.Initializer, b.Name), false)),
        ])
        {
            Notes = source is null ? [$"the weights are drawn from seed {binding.Seed}: give weights for others"] : [],
        };
    }
}
