using Nonsmooth.Optimizers;
using Rule = Nonsmooth.Optimizers.OptimizerOptions;
using TorchOptions = TorchSharp.Modules.OptimizerOptions;

namespace Nonsmooth.TorchSharp;

/// <summary>What a parameter group is optimized with.</summary>
public sealed class KernelGroupOptions : TorchOptions
{
    /// <summary>The optimizer; null until the group is added to one that has a default. A new one takes over the states it has in common with the old.</summary>
    public Rule? Rule { get; set; }

    /// <summary>Whether parameters of two axes or more are matrices to Muon. Default true.</summary>
    public bool Matrices { get; init; } = true;

    /// <summary>Writes the rates, the optimizer's name and its settings.</summary>
    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        (string Key, string? Text)[] settings = [.. Rule!.Declared.Select(setting => (setting.Key, setting.Print(Rule))).Where(s => s.Item2 is not null)];
        writer.Write(Rule.Name);
        writer.Write(settings.Length);
        foreach (var (key, text) in settings)
        {
            writer.Write(key);
            writer.Write(text!);
        }
    }

    /// <summary>Reads what <see cref="SaveStateDict"/> wrote; the settings replace those there are.</summary>
    /// <exception cref="NonsmoothException">It was written by another optimizer, or by one that is not in the table.</exception>
    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        string name = reader.ReadString();
        KeyValuePair<string, string>[] settings = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => KeyValuePair.Create(reader.ReadString(), reader.ReadString()))];
        Rule = name == Rule!.Name ? OptimizerRegistry.Find(name).Configure(settings) : throw new NonsmoothException(
            $"the state is of optimizer '{name}' and this is '{Rule.Name}': load it into an optimizer of the same kind");
    }

    /// <summary>Takes the rates and the optimizer of another group.</summary>
    /// <exception cref="NonsmoothException">They are of another kind.</exception>
    public override void LoadStateDict(TorchOptions source)
    {
        if (source is not KernelGroupOptions { Rule: { } rule } || rule.Name != Rule!.Name)
        {
            throw new NonsmoothException($"the options are of {(source as KernelGroupOptions)?.Rule?.Name ?? source.GetType().FullName} and this is '{Rule!.Name}': load those of the same kind");
        }

        base.LoadStateDict(source);
        Rule = rule;
    }
}
