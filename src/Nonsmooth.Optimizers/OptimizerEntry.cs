namespace Nonsmooth.Optimizers;

/// <summary>A named optimizer: what the tool lists and builds from <c>key=value</c> settings.</summary>
/// <param name="Name">Lower case, e.g. <c>innaprop</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="DefaultRate">A learning rate to start from; options do not hold one.</param>
public abstract record OptimizerEntry(string Name, string Description, double DefaultRate)
{
    /// <summary>The options when nothing is set.</summary>
    public abstract OptimizerOptions Defaults { get; }

    /// <summary>The keys it understands.</summary>
    public abstract IReadOnlyList<OptimizerSetting> Settings { get; }

    /// <summary>The defaults changed by the settings, and checked.</summary>
    /// <exception cref="NonsmoothException">A key is unknown, or its value cannot be read or used.</exception>
    public abstract OptimizerOptions Configure(IEnumerable<KeyValuePair<string, string>> settings);
}

/// <summary>The entry of an optimizer whose options are a <typeparamref name="TOptions"/>.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
public sealed record OptimizerEntry<TOptions> : OptimizerEntry
    where TOptions : OptimizerOptions
{
    private readonly TOptions _defaults;
    private readonly OptimizerSetting<TOptions>[] _settings;

    /// <summary>Describes an optimizer; keys for what all optimizers have are added to <paramref name="settings"/>.</summary>
    public OptimizerEntry(
        string name, string description, double defaultRate, TOptions defaults, params OptimizerSetting<TOptions>[] settings)
        : base(name, description, defaultRate)
    {
        _defaults = defaults;
        _settings =
        [
            .. settings,
            OptimizerSetting<TOptions>.Choice("state-format", "how states are kept in memory", o => o.StateFormat, (o, v) => (TOptions)(o with { StateFormat = v })),
            OptimizerSetting<TOptions>.Switch("maximize", "go up the gradient", o => o.Maximize, (o, v) => (TOptions)(o with { Maximize = v })),
        ];
        Settings = [.. _settings.Select(s => new OptimizerSetting(s.Key, s.Description, s.Read(defaults)))];
    }

    /// <inheritdoc/>
    public override OptimizerOptions Defaults => _defaults;

    /// <inheritdoc/>
    public override IReadOnlyList<OptimizerSetting> Settings { get; }

    /// <inheritdoc/>
    public override OptimizerOptions Configure(IEnumerable<KeyValuePair<string, string>> settings)
    {
        TOptions options = _defaults;
        foreach ((string key, string text) in settings)
        {
            OptimizerSetting<TOptions> setting = Array.Find(_settings, s => s.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                ?? throw new NonsmoothException(
                    $"optimizer '{Name}' has no setting '{key}': use one of {string.Join(", ", _settings.Select(s => s.Key))}");
            options = setting.Apply(options, text)
                ?? throw new NonsmoothException($"setting '{key}' of optimizer '{Name}' is '{text}': give {setting.Expects}");
        }

        options.Validate();
        return options;
    }
}
