using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>DistilBERT.</summary>
internal static class DistilBert
{
    public static FolderNetwork Build(FolderBuilder b)
    {
        var c = b.Config;
        int width = c.Size("dim", 768), vocabulary = c.Size("vocab_size"), positions = c.Size("max_position_embeddings", 512);
        var tokens = b.Input(FolderInput.InputIds);
        int length = tokens.Shape[1];
        FolderBuilder.RequireTokens(length, positions);
        const string head = "vocab_projector.weight";
        var table = b.Words("distilbert.embeddings.word_embeddings.weight", head, true, vocabulary, width);
        var places = b.Places("distilbert.embeddings.position_embeddings.weight", length, positions, width);
        var encoder = new Encoder("attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin", "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm")
        {
            Heads = c.Heads("n_heads", 12), Width = c.Size("hidden_dim", 3072), Activation = c.TextOrNull("activation") ?? "gelu",
        };
        var x = b.LayerNorm("distilbert.embeddings.LayerNorm", F.Add(b.Embedding(table, tokens), places), encoder.Epsilon);
        var mask = b.InputOrNull(FolderInput.AttentionMask);
        for (int layer = 0; layer < c.Layers("n_layers", 6); layer++)
        {
            x = encoder.Layer(b, $"distilbert.transformer.layer.{layer}", x, mask);
        }

        switch (FolderHeads.Of(c, FolderHead.Sequence, FolderHead.Token, FolderHead.MaskedLanguage, FolderHead.None))
        {
            case FolderHead.None:
                return FolderNetwork.Headless(x);
            case FolderHead.Sequence:
                return b.Classifier("classifier", F.Relu(b.Linear("pre_classifier", Bert.First(x), width, true)));
            case FolderHead.Token:
                return b.Classifier("classifier", x);
            default:
                var y = b.LayerNorm("vocab_layer_norm", FolderBuilder.Activation(encoder.Activation, b.Linear("vocab_transform", x, width, true)), encoder.Epsilon);
                return b.Vocabulary(b.Logits(y, table, head, true, b.Weight("vocab_projector.bias", vocabulary)));
        }
    }
}
