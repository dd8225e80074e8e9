using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers;

/// <summary>A named optimizer: what the tool lists and builds from <c>key=value</c> settings.</summary>
/// <param name="Defaults">The options when nothing is set.</param>
/// <param name="Description">One line.</param>
/// <param name="DefaultRate">A learning rate to start from; options do not hold one.</param>
public sealed record OptimizerEntry(OptimizerOptions Defaults, string Description, double DefaultRate)
{
    /// <summary>Lower case, e.g. <c>innaprop</c>. Default the options' own.</summary>
    public string Name { get; init; } = Defaults.Name;

    /// <summary>The keys it understands.</summary>
    public IReadOnlyList<Setting> Settings => Defaults.Declared;

    /// <summary>The defaults changed by the settings, and checked.</summary>
    /// <exception cref="NonsmoothException">A key is unknown, or its value cannot be read or used.</exception>
    public OptimizerOptions Configure(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var options = Defaults;
        foreach ((string key, string text) in settings)
        {
            var setting = options.TryFind(key)
                ?? throw new NonsmoothException(
                    $"optimizer '{Name}' has no setting '{key}': {Nearest.Mend(key, Settings.Select(s => s.Key))}");
            try
            {
                options = setting.Read(options, text);
            }
            catch (NonsmoothException e)
            {
                throw new NonsmoothException($"optimizer '{Name}': {e.Message}", e);
            }
        }

        options.Validate();
        return options;
    }
}
