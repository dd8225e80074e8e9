using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>BERT and RoBERTa.</summary>
internal static class Bert
{
    public static FolderNetwork Build(FolderBuilder b, bool isRoberta)
    {
        var c = b.Config;
        string root = isRoberta ? "roberta" : "bert";
        if (c.Flag("is_decoder", false) || c.Flag("add_cross_attention", false) || (c.TextOrNull("position_embedding_type") ?? "absolute") != "absolute")
        {
            throw new FolderException("its config.json makes it a decoder or has positions that are not absolute, which is not read");
        }

        int width = c.Size("hidden_size"), vocabulary = c.Size("vocab_size");
        double epsilon = c.Number("layer_norm_eps", 1e-12);
        var tokens = b.Input(FolderInput.InputIds);
        string name = isRoberta ? "lm_head" : "cls.predictions";
        var table = b.Words($"{root}.embeddings.word_embeddings.weight", $"{name}.decoder.weight", true, vocabulary, width);
        var x = b.LayerNorm($"{root}.embeddings.LayerNorm", Embedded(), epsilon);
        var encoder = new Encoder("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm")
        {
            Heads = c.Heads("num_attention_heads"), Width = c.Size("intermediate_size"), Activation = c.TextOrNull("hidden_act") ?? "gelu", Epsilon = epsilon,
        };
        var mask = b.InputOrNull(FolderInput.AttentionMask);
        for (int layer = 0; layer < c.Layers("num_hidden_layers"); layer++)
        {
            x = encoder.Layer(b, $"{root}.encoder.layer.{layer}", x, mask);
        }

        var head = FolderHeads.Of(c, FolderHead.Sequence, FolderHead.Token, FolderHead.MaskedLanguage, FolderHead.None);
        return head switch
        {
            FolderHead.None => FolderNetwork.Headless(x, b.Has($"{root}.pooler.dense.weight") ? Pooled() : null),
            FolderHead.Sequence => b.Classifier(isRoberta ? "classifier.out_proj" : "classifier", isRoberta ? F.Tanh(b.Linear("classifier.dense", First(x), width, true)) : Pooled()) with { Unused = isRoberta ? [$"{root}.pooler."] : [] },
            FolderHead.Token => b.Classifier("classifier", x) with { Unused = [$"{root}.pooler."] },
            _ => Masked() with { Unused = [$"{root}.pooler.", "cls.seq_relationship."] },
        };

        Variable Pooled() => F.Tanh(b.Linear($"{root}.pooler.dense", First(x), width, true));

        Variable Embedded()
        {
            int positions = c.Size("max_position_embeddings"), length = tokens.Shape[1];
            FolderBuilder.RequireTokens(length, Tokens(c, isRoberta));
            int kinds = c.Size("type_vocab_size", 2);
            var types = b.Weight($"{root}.embeddings.token_type_embeddings.weight", kinds, width);
            var type = b.InputOrNull(FolderInput.TokenTypes) is { } given ? F.Embedding(types, given) : types.Slice(0, 0, 1);
            string name = $"{root}.embeddings.position_embeddings.weight";
            var places = isRoberta ? F.Embedding(b.Weight(name, positions, width), Counted(tokens, c.Whole("pad_token_id", 1))) : b.Places(name, length, positions, width);
            return F.Add(F.Add(b.Embedding(table, tokens), type), places);
        }

        FolderNetwork Masked()
        {
            var y = b.Linear(isRoberta ? "lm_head.dense" : "cls.predictions.transform.dense", x, width, true);
            y = b.LayerNorm(isRoberta ? "lm_head.layer_norm" : "cls.predictions.transform.LayerNorm", FolderBuilder.Activation(isRoberta ? "gelu" : encoder.Activation, y), epsilon);
            return b.Vocabulary(b.Logits(y, table, $"{name}.decoder.weight", true, b.Twin($"{name}.bias", [$"{name}.decoder.bias"], vocabulary)));
        }
    }

    /// <summary>How many tokens there are positions for: RoBERTa counts from behind the padding's number.</summary>
    public static int Tokens(FolderConfig config, bool isRoberta) => config.Size("max_position_embeddings") - (isRoberta ? config.Whole("pad_token_id", 1) + 1 : 0);

    /// <summary>What stands at the first token of [N, T, W].</summary>
    public static Variable First(Variable x) => x.Slice(1, 0, 1).Reshape(new Shape(x.Shape[0], x.Shape[2]));

    // Tokens are counted from behind the padding's number; padding stays there. The count is of the run's arithmetic: exact up to 2⁸ tokens in 16-bit brain floats.
    private static Variable Counted(Variable tokens, int padding)
    {
        var kept = F.Cast(F.NotEqual(tokens, tokens.Builder.Constant(Tensor.Of(Shape.Scalar, [(long)padding]))), ElementKind.Real);
        return F.Cast(F.Add(F.Multiply(kept.CumulativeSum(1), kept), padding), ElementKind.Index);
    }
}
