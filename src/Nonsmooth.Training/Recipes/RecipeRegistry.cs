namespace Nonsmooth.Training.Recipes;

/// <summary>The recipes that come with the library. To add one: its file beside this one and a row here; from outside, <see cref="Register"/>.</summary>
public static class RecipeRegistry
{
    private static readonly Lazy<Registry<Recipe>> _all = new(() => new(
        "recipe",
        recipe => recipe.Name,
        Stored("strokes-lenet"),
        Stored("mnist-lenet"),
        Stored("cifar-small"),
        Stored("shakespeare-char"),
        Stored("cifar-vgg11-small"),
        Stored("gpt-pairs-small"),
        Stored("gpt-lora-e2e-small"),
        Stored("cifar10-vgg11"),
        Stored("cifar10-resnet18"),
        Stored("cifar10-densenet121"),
        Stored("food101-vgg11"),
        Stored("food101-resnet18"),
        Stored("imagenet-resnet18"),
        Stored("imagenet-resnet50"),
        Stored("imagenet-vit-b-32"),
        Stored("gpt2-mini"),
        Stored("gpt2-small"),
        Stored("gpt2-355m"),
        Stored("gpt2-lora-e2e-small"),
        Stored("gpt2-lora-e2e-medium"),
        Stored("gpt2-lora-e2e-large")));

    /// <summary>Every recipe, in the order to show them.</summary>
    public static IReadOnlyList<Recipe> All => _all.Value.All;

    /// <summary>Adds a recipe.</summary>
    /// <exception cref="NonsmoothException">Its name is empty or taken.</exception>
    public static void Register(Recipe recipe) => _all.Value.Register(recipe);

    /// <summary>The recipe of a name; null where there is none.</summary>
    public static Recipe? TryFind(string name) => _all.Value.TryFind(name);

    private static Recipe Stored(string name)
    {
        string file = $"{name}.json";
        using var stream = typeof(RecipeRegistry).Assembly.GetManifestResourceStream($"recipes/{file}")
            ?? throw new NonsmoothException($"the library lacks its recipe {file}: install it again");
        using var reader = new StreamReader(stream);
        return RecipeFile.Parse(reader.ReadToEnd(), file) with { Name = name };
    }
}
