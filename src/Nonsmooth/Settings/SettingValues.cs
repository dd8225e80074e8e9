namespace Nonsmooth.Settings;

/// <summary>A few values by setting; equal where settings and values are, whatever their order.</summary>
internal sealed class SettingValues : IEquatable<SettingValues>
{
    private readonly (Setting Setting, object? Value)[] _values;

    private SettingValues((Setting Setting, object? Value)[] values) => _values = values;

    public static SettingValues None { get; } = new([]);

    public bool TryFind(Setting setting, out object? value)
    {
        foreach (var (one, its) in _values)
        {
            if (ReferenceEquals(one, setting))
            {
                value = its;
                return true;
            }
        }

        value = null;
        return false;
    }

    public SettingValues With(Setting setting, object? value) => new([.. Others(setting), (setting, value)]);

    public SettingValues Without(Setting setting) => TryFind(setting, out _) ? new([.. Others(setting)]) : this;

    public bool Equals(SettingValues? other) => other is not null && other._values.Length == _values.Length
        && Array.TrueForAll(_values, v => other.TryFind(v.Setting, out object? value) && Equals(v.Value, value));

    public override bool Equals(object? obj) => Equals(obj as SettingValues);

    public override int GetHashCode() => _values.Aggregate(0, (hash, v) => hash ^ HashCode.Combine(v.Setting.Key, v.Value));

    private IEnumerable<(Setting Setting, object? Value)> Others(Setting setting) => _values.Where(v => !ReferenceEquals(v.Setting, setting));
}
