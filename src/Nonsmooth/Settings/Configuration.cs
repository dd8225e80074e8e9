namespace Nonsmooth.Settings;

/// <summary>Options that hold values of declared settings; their typed properties are views of these. Equal where all values are.</summary>
public abstract record Configuration
{
    private SettingValues _values = SettingValues.None;

    /// <summary>The settings there are, in the order to show them.</summary>
    public abstract IReadOnlyList<Setting> Declared { get; }

    /// <summary>The value of a setting: what was set, or its default.</summary>
    public T Get<T>(Setting<T> setting) => _values.TryFind(setting, out object? value) ? (T)value! : setting.Default;

    /// <summary>The setting of a key, in any case; null where there is none.</summary>
    public Setting? TryFind(string key) => Declared.FirstOrDefault(s => s.Key.Equals(key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Refuses values that are not allowed, one by one.</summary>
    /// <exception cref="NonsmoothException">One is not: the message names key, value and mend.</exception>
    public void CheckEach()
    {
        foreach (var setting in Declared)
        {
            setting.Check(this);
        }
    }

    /// <summary>What its bits depend on, setting by setting.</summary>
    public virtual IEnumerable<SettingFact> Facts() => Declared.Select(s => new SettingFact(s.Key, s.CountsIn(this), s.DefaultText));

    /// <summary>Sets a value, for the <c>init</c> of a property that is a view of a setting.</summary>
    protected void Set<T>(Setting<T> setting, T value) => _values = Changed(setting, value);

    /// <summary>Takes over the values of another configuration, for one that shares its settings.</summary>
    protected void Take(Configuration other) => _values = other._values;

    internal Configuration With<T>(Setting<T> setting, T value) => this with { _values = Changed(setting, value) };

    // A default is not kept, so that configurations are equal whether it was typed or not.
    private SettingValues Changed<T>(Setting<T> setting, T value) =>
        EqualityComparer<T>.Default.Equals(value, setting.Default) ? _values.Without(setting) : _values.With(setting, value);
}
