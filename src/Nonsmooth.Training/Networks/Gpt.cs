using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>
/// GPT-2: a transformer that predicts each token's successor, with learned positions and a head tied to the embedding.
/// </summary>
/// <remarks>
/// <para>Source: Radford et al., "Language models are unsupervised multitask learners", 2019. Parameters are named and
/// initialised as in the published models, but weights are stored [outputs, inputs]; theirs are transposed. Dropout of
/// rate 0.1 is left out. Adapters go to the queries and the values of each attention unless others are asked for; the head
/// is tied to the embedding and gets none.</para>
/// <para>The number of tokens changes the sequence, not the parameters: the table of positions keeps its size. Only a
/// network named by its sizes, <c>gpt:LAYERS-WIDTH-HEADS</c>, has as many positions as tokens are asked for.</para>
/// </remarks>
public static class Gpt
{
    private const double Deviation = 0.02;
    private const string Prefix = "gpt:";
    private const string Example = "gpt:6-384-6";
    private const int MiniPositions = 256;
    private const int MiniVocabulary = 65;

    private static readonly PublishedWeights _published =
        new("transformer.", ["attn.c_attn.weight", "attn.c_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight"]);

    internal static IReadOnlyList<ModelRow> Rows { get; } =
    [
        Row("gpt2", "GPT-2 of 124M parameters: 12 layers of width 768; 1024 tokens of 50257", new Size(12, 768, 12, 1024, 50257)),
        Row("gpt2-medium", "GPT-2 of 355M parameters: 24 layers of width 1024; 1024 tokens of 50257", new Size(24, 1024, 16, 1024, 50257)),
        Row("gpt2-large", "GPT-2 of 774M parameters: 36 layers of width 1280; 1024 tokens of 50257", new Size(36, 1280, 20, 1024, 50257)),
        Row("gpt-mini", "GPT-2 in small: 6 layers of width 384; 256 tokens of 65", new Size(6, 384, 6, MiniPositions, MiniVocabulary)),
        new(Example, "GPT-2 of the given layers, width and heads; 256 tokens of 65", Sizes.Named(Prefix), Parse),
    ];

    private static ModelRow Row(string name, string description, Size size) =>
        ModelRow.Of(name, description, settings => Create(name, size, settings));

    private static Model Parse(string name, NetworkSettings settings)
    {
        if (Sizes.Parse(name, Prefix) is not [int layers, int width, int heads])
        {
            throw new NonsmoothException($"network '{name}' is malformed: write gpt:LAYERS-WIDTH-HEADS, each at least 1, as in {Example}");
        }

        return width % heads == 0
            ? Create(name, new Size(layers, width, heads, settings.Tokens ?? MiniPositions, MiniVocabulary), settings)
            : throw new NonsmoothException($"network '{name}' cannot share a width of {width} among {heads} heads: give a width that is a multiple of {heads}");
    }

    private static Model Create(string name, Size size, NetworkSettings settings)
    {
        int tokens = settings.TokensOr(name, size.Positions, size.Positions);
        int vocabulary = settings.ClassesOr(name, size.Vocabulary);
        return Classifier.OfText(name, tokens, vocabulary, (network, x) => Forward(network, x, size with { Vocabulary = vocabulary })) with
        {
            LowRankOn = "attn.c_attn:0/3,attn.c_attn:2/3",
            Published = _published,
        };
    }

    private static Variable Forward(NetworkBuilder network, Variable tokens, Size size)
    {
        var normal = Initializer.Normal(Deviation);
        var table = network.Parameter("wte.weight", new Shape(size.Vocabulary, size.Width), normal, decays: false);
        var positions = network.Parameter("wpe.weight", new Shape(size.Positions, size.Width), normal, decays: false);
        int length = tokens.Shape[1];
        var x = Functions.Embedding(table, tokens)
            + (length == size.Positions ? positions : positions.Slice(0, 0, length));
        for (int i = 0; i < size.Layers; i++)
        {
            x = network.Within($"h.{i}", () => Layer(network, x, size));
        }

        x = network.Within("ln_f", () => network.LayerNorm(x));
        return Functions.Linear(x, table);
    }

    private static Variable Layer(NetworkBuilder network, Variable x, Size size)
    {
        var y = network.Within("ln_1", () => network.LayerNorm(x));
        y = Linear(network, "attn.c_attn", y, 3 * size.Width, Deviation);
        y = network.Within("attn", () => Heads.Attend(y, size.Heads, causal: true));
        x += Linear(network, "attn.c_proj", y, size.Width, size.ResidualDeviation);
        var z = network.Within("ln_2", () => network.LayerNorm(x));
        z = Functions.Gelu(Linear(network, "mlp.c_fc", z, 4 * size.Width, Deviation), approximate: true);
        return x + Linear(network, "mlp.c_proj", z, size.Width, size.ResidualDeviation);
    }

    private static Variable Linear(NetworkBuilder network, string name, Variable x, int outputs, double deviation) =>
        network.Within(name, () => network.Linear(x, outputs, Initializer.Normal(deviation), Initializer.Zero));

    private sealed record Size(int Layers, int Width, int Heads, int Positions, int Vocabulary)
    {
        // Two branches a layer are added up: their sum keeps the deviation.
        public double ResidualDeviation => Deviation / Math.Sqrt(2 * Layers);
    }
}
