using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Engine;

/// <summary>Takes a run's first weights from a file instead of drawing them.</summary>
internal static class StartWeights
{
    /// <summary>Overwrites parameters and buffers; adapters that the file lacks stay as they were drawn.</summary>
    /// <param name="path">A checkpoint, or another safetensors file.</param>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="buffers">Its buffers.</param>
    /// <param name="notice">Hears what was left out or folded in.</param>
    /// <exception cref="NonsmoothException">The file cannot be read, or a tensor is missing or has another shape; the message names it.</exception>
    public static void Load(string path, Model network, ParameterSet parameters, BufferSet buffers, Action<string> notice)
    {
        var source = new WeightSource(path, network, notice);
        if (network.LowRank is not null && source.Adapters.FirstOrDefault(name => parameters.Parameters.All(p => p.Name != name)) is { } unknown)
        {
            throw new NonsmoothException($"'{path}' has the adapter '{unknown}', which the run has not: give the lora settings of that run, or fold it in first");
        }

        var classifier = Classifier(network, parameters.Parameters, source);
        if (classifier.Count > 0)
        {
            notice($"the classifier of '{path}' has {source.Shape(classifier[0])![0]} classes and not {network.Classes}: {string.Join(" and ", classifier)} start at random");
        }

        for (int i = 0; i < parameters.Parameters.Count; i++)
        {
            var parameter = parameters.Parameters[i];
            bool drawn = classifier.Contains(parameter.Name) || (LowRank.IsAdapter(parameter.Name) && source.Shape(parameter.Name) is null);
            if (!drawn)
            {
                source.Copy(parameter.Name, parameter.Shape, parameters.Values(i));
            }
        }

        buffers.Load(source);
    }

    /// <summary>The parameters of the last layer where it has as many outputs as there are classes and the file another number, else none.</summary>
    private static List<string> Classifier(Model network, IReadOnlyList<Parameter> parameters, WeightSource source)
    {
        string Layer(Parameter parameter) => parameter.Name[..(parameter.Name.LastIndexOf('.') + 1)];
        string last = Layer(parameters.Last(p => !LowRank.IsAdapter(p.Name)));
        Parameter[] layer = [.. parameters.Where(p => Layer(p) == last && !LowRank.IsAdapter(p.Name))];
        bool differs = layer.All(p => p.Shape[0] == network.Classes && source.Shape(p.Name) is { Length: > 0 } stored
            && stored[0] != network.Classes && stored.Skip(1).SequenceEqual(p.Shape.Skip(1).Select(size => (long)size)));
        if (differs && network.LowRank is not null)
        {
            throw new NonsmoothException(
                $"the file's classifier has {source.Shape(layer[0].Name)![0]} classes and not {network.Classes}, and adapters cannot learn a new one: train without lora first");
        }

        return differs ? [.. layer.Select(p => p.Name)] : [];
    }
}
