namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>What stands on a network and gives it its loss.</summary>
internal enum FolderHead
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The next token.</summary>
    CausalLanguage,

    /// <summary>The tokens that are masked.</summary>
    MaskedLanguage,

    /// <summary>The next token of an answer.</summary>
    Conditional,

    /// <summary>A class, or numbers, of the whole text.</summary>
    Sequence,

    /// <summary>A class of every token.</summary>
    Token,

    /// <summary>A class of an image.</summary>
    Image,
}

/// <summary>The heads by the ends of the library's class names.</summary>
internal static class FolderHeads
{
    private static readonly (string End, FolderHead Head)[] _rows =
    [
        ("LMHeadModel", FolderHead.CausalLanguage), ("ForCausalLM", FolderHead.CausalLanguage), ("ForMaskedLM", FolderHead.MaskedLanguage),
        ("ForConditionalGeneration", FolderHead.Conditional), ("ForSequenceClassification", FolderHead.Sequence), ("ForTokenClassification", FolderHead.Token), ("ForImageClassification", FolderHead.Image),
        ("Model", FolderHead.None),
    ];

    /// <summary>The head that a configuration names, of those that an architecture has here; the first where it names none.</summary>
    /// <exception cref="FolderException">It is another.</exception>
    public static FolderHead Of(FolderConfig config, params ReadOnlySpan<FolderHead> heads)
    {
        if (config.Texts("architectures") is not [var name, ..])
        {
            return heads[0];
        }

        var (end, head) = _rows.FirstOrDefault(r => name.EndsWith(r.End, StringComparison.Ordinal));
        if (end is not null && heads.Contains(head))
        {
            return head;
        }

        var known = heads.ToArray();
        throw new FolderException($"it is a {name}, which is not read: of {config.ModelType}, those are that end in {string.Join(", ", _rows.Where(r => known.Contains(r.Head)).Select(r => r.End))}");
    }
}
