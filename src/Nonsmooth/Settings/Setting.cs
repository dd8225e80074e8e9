namespace Nonsmooth.Settings;

/// <summary>One thing that can be set, written down once: options, files, the command line, help, lists and the check of a resumed run read it.</summary>
public abstract class Setting
{
    private protected Setting(string key, string help) => (Key, Help) = (key, help);

    /// <summary>Lower case, words joined by hyphens: the key in files, and with two dashes the option of the command line.</summary>
    public string Key { get; }

    /// <summary>One line on what it is.</summary>
    public string Help { get; }

    /// <summary>What holds where nothing is set, in words; null where <see cref="DefaultText"/> says it.</summary>
    public string? Unset { get; init; }

    /// <summary>A value other than the default, as it would be typed; null where one is easily made up.</summary>
    public string? Example { get; init; }

    /// <summary>
    /// What of it the bits of a configuration depend on; null where they do not. Default the value as <see cref="Print"/> has it.
    /// </summary>
    public Func<Configuration, string?>? Counts { get; init; }

    /// <summary>Where the bits of a configuration depend on it. Default everywhere.</summary>
    public Predicate<Configuration> CountsWhere { init => Counts = c => value(c) ? Print(c) : null; }

    /// <summary>What a value looks like, after "give".</summary>
    public abstract string Expects { get; }

    /// <summary>The default as it would be typed; null for none.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>What stands for a value in help.</summary>
    public abstract string Placeholder { get; }

    /// <summary>The values there are, where they can be listed.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Whether JSON writes its values without quotes.</summary>
    public abstract bool IsLiteral { get; }

    /// <summary>Whether its value is true or false.</summary>
    public abstract bool IsSwitch { get; }

    /// <summary>What of it the bits of this configuration depend on; null where they do not.</summary>
    public string? CountsIn(Configuration configuration) => Counts is null ? Print(configuration) : Counts(configuration);

    /// <summary>Whether the bits of this configuration depend on it.</summary>
    public bool Affects(Configuration configuration) => CountsIn(configuration) is not null;

    /// <summary>Its value in a configuration as it would be typed; null where it is not set.</summary>
    public abstract string? Print(Configuration configuration);

    /// <summary>The configuration with the value typed.</summary>
    /// <exception cref="NonsmoothException">The text is no value, or not one that is allowed: the message names key, text and mend.</exception>
    public TConfiguration Read<TConfiguration>(TConfiguration configuration, string text)
        where TConfiguration : Configuration => (TConfiguration)ReadInto(configuration, text);

    /// <summary>Refuses a value that is not allowed.</summary>
    /// <exception cref="NonsmoothException">It is not: the message names key, value and mend.</exception>
    public abstract void Check(Configuration configuration);

    /// <summary>Refuses a text that is no value, or not one that is allowed.</summary>
    /// <exception cref="NonsmoothException">It is not: the message names key, text and mend.</exception>
    public abstract void CheckText(string text);

    private protected abstract Configuration ReadInto(Configuration configuration, string text);
}

/// <summary>A setting whose values are of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="key">See <see cref="Setting.Key"/>.</param>
/// <param name="fallback">The default.</param>
/// <param name="range">The values there are.</param>
/// <param name="help">See <see cref="Setting.Help"/>.</param>
public sealed class Setting<T>(string key, T fallback, Range<T> range, string help) : Setting(key, help)
{
    /// <summary>What holds where nothing is set.</summary>
    public T Default => fallback;

    /// <inheritdoc/>
    public override string Expects => range.Expects;

    /// <inheritdoc/>
    public override string? DefaultText => range.Print(fallback);

    /// <inheritdoc/>
    public override string Placeholder => range.Placeholder;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => range.Names;

    /// <inheritdoc/>
    public override bool IsLiteral => range.IsLiteral;

    /// <inheritdoc/>
    public override bool IsSwitch => typeof(T) == typeof(bool);

    /// <inheritdoc/>
    public override string? Print(Configuration configuration) => range.Print(configuration.Get(this));

    /// <inheritdoc/>
    public override void Check(Configuration configuration)
    {
        T value = configuration.Get(this);
        if (!EqualityComparer<T>.Default.Equals(value, fallback) && !range.Holds(value))
        {
            throw new NonsmoothException($"{Key} is {range.Print(value)}: give {Expects}");
        }
    }

    /// <inheritdoc/>
    public override void CheckText(string text) => Parse(text);

    private protected override Configuration ReadInto(Configuration configuration, string text) => configuration.With(this, Parse(text));

    private T Parse(string text)
    {
        try
        {
            if (range.Read(text, out var value) && range.Holds(value))
            {
                return value;
            }
        }
        catch (NonsmoothException e)
        {
            throw new NonsmoothException($"{Key} is '{text}': {Mend(text, e.Message)}", e);
        }

        throw new NonsmoothException($"{Key} is '{text}': {Mend(text, $"give {Expects}")}");
    }

    // What all forms look like is long where there are many: the nearest say it better.
    private string Mend(string text, string expected) =>
        Names.Count > 8 && Nearest.To(text, Names) is not null ? Nearest.Mend(text, Names) : expected + Nearest.Question(text, Names);
}
