using System.Collections;

namespace Nonsmooth.Settings;

/// <summary>The settings of one kind of configuration, in the order to show them.</summary>
/// <param name="before">Settings that it shares with others, which come first.</param>
public sealed class SettingList(params IEnumerable<Setting> before) : IReadOnlyList<Setting>
{
    private readonly List<Setting> _settings = [.. before];

    /// <inheritdoc/>
    public int Count => _settings.Count;

    /// <inheritdoc/>
    public Setting this[int index] => _settings[index];

    /// <summary>Declares a setting.</summary>
    /// <returns>The setting.</returns>
    /// <exception cref="NonsmoothException">Another one has its key.</exception>
    public Setting<T> Add<T>(Setting<T> setting)
    {
        if (_settings.Exists(s => s.Key == setting.Key))
        {
            throw new NonsmoothException($"setting '{setting.Key}' is declared twice: give one of the two another key");
        }

        _settings.Add(setting);
        return setting;
    }

    /// <summary>Declares a setting of which nothing more is to be said.</summary>
    /// <returns>The setting.</returns>
    /// <exception cref="NonsmoothException">Another one has its key.</exception>
    public Setting<T> Add<T>(string key, T fallback, Range<T> range, string help) => Add(new Setting<T>(key, fallback, range, help));

    /// <inheritdoc/>
    public IEnumerator<Setting> GetEnumerator() => _settings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
