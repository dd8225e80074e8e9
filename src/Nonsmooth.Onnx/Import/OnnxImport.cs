using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Import;

/// <summary>From models to programs.</summary>
public static class OnnxImport
{
    /// <summary>The program of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Shapes, values, outputs; the defaults without any.</param>
    /// <exception cref="OnnxUnsupportedException">Operators have no program: the message lists all.</exception>
    /// <exception cref="NonsmoothException">The file is damaged, or shapes are missing or do not fit: one line that names the node.</exception>
    public static OnnxProgram Import(OnnxModel model, OnnxImportOptions? options = null) => new Importer(ConstantWeights.Moved(model), options ?? new OnnxImportOptions()).Run();

    /// <summary>
    /// The model as it is imported: weights that the file has in Constant nodes are initializers, named by the values that the nodes make.
    /// <see cref="OnnxProgram.Model"/> is it already; a model whose weights are to be replaced has to be.
    /// </summary>
    public static OnnxModel WithWeights(OnnxModel model) => ConstantWeights.Moved(model);

    /// <summary>The operators that have a program: domain, name, first and last version; several rows where the rules differ.</summary>
    public static IReadOnlyList<(string Domain, string Operator, int From, int To)> Operators =>
        [.. OperatorTable.Rows.Where(r => r.Reason is null).Select(r => (r.Domain, r.Op, r.From, r.To))];
}
