namespace Nonsmooth.Training.Recipes;

/// <summary>The recipes that come with the library. To add one: its file beside this one and a row here.</summary>
public static class RecipeRegistry
{
    private static readonly Lazy<IReadOnlyList<Recipe>> _all = new(() =>
    [
        Stored("strokes-lenet"),
        Stored("mnist-lenet"),
        Stored("cifar-small"),
        Stored("shakespeare-char"),
    ]);

    /// <summary>Every recipe, in the order to show them.</summary>
    public static IReadOnlyList<Recipe> All => _all.Value;

    /// <summary>The recipe of a name; null where there is none.</summary>
    public static Recipe? TryFind(string name) => All.FirstOrDefault(recipe => recipe.Name == name);

    private static Recipe Stored(string name)
    {
        string file = $"{name}.json";
        using var stream = typeof(RecipeRegistry).Assembly.GetManifestResourceStream($"recipes/{file}")
            ?? throw new NonsmoothException($"the library lacks its recipe {file}: install it again");
        using var reader = new StreamReader(stream);
        return RecipeFile.Parse(reader.ReadToEnd(), file) with { Name = name };
    }
}
