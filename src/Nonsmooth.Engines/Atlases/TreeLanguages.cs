using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Atlases;

/// <summary>The languages of engines that are not Python.</summary>
internal static class TreeLanguages
{
    private const string _operators = "add=({0} + {1});sub=({0} - {1});mul=({0} * {1});div=({0} / {1});neg=(-{0});full=T({1});power=pow({0}, {1});square=({0} * {0});relu=max({0}, T(0.0));maximum_scalar=max({0}, T({1}));as_float=(({0}) ? T(1.0) : T(0.0));"
        + "gt={0} > {1};ge={0} >= {1};lt={0} < {1};le={0} <= {1};equal={0} == {1};where=(({0}) ? T({1}) : T({2}))";

    private const string _functions = "abs fabs sqrt exp log log1p expm1 sin cos cosh tanh acos atan asinh erf erfc cbrt maximum=max minimum=min fmax fmin atan2 pow hypot copysign";

    private const string _js = "relu abs sign sqrt rsqrt exp log log1p expm1 sin cos cosh tanh square acos asinh atan erf sigmoid softplus floor ceil round relu6 selu maximum minimum where pow atan2 add sub mul div neg stack max min sum mean prod softmax dot "
        + "logsigmoid=logSigmoid fabs=abs gt=greater ge=greaterEqual lt=less le=lessEqual equal remainder=mod maximum_scalar=maximum power=pow norm at=gather amax=max amin=min max_axis=max logsumexp=logSumExp log_softmax=logSoftmax";

    private const string _jsOthers = "full=tf.fill({0}.shape, {1});max0=tf.max({0}, 0);amax0=tf.max({0}, 0);sum0=tf.sum({0}, 0);norm0=tf.norm({0}, {1}, 0);as_float=tf.cast({0}, 'float32');as_column=tf.expandDims({0}, 1);as_row=tf.expandDims({0}, 0);row=tf.tensor1d({1});one_cold=tf.sub(1, tf.oneHot({1}, {0}.size));reshape_max=tf.max(tf.reshape({0}, [2, 2, 2, 2]), [1, 3]);global_max=tf.max({0}, [2, 3])";

    private const string _begin = "#include <iostream>\nusing namespace std;\n";

    public static IReadOnlyList<ILanguage> All { get; } =
    [
        Cpp("Ceres", (f, x, type) => $"#include <ceres/jet.h>\n{_begin}using T = ceres::Jet<{type}, {x.Count}>;\nint main() {{ {Each(x, (v, i) => $"T x{i}({v}, {i});")} cout << T({f}) << endl; }}"),
        Cpp("Boost.Autodiff", (f, x, type) => $"#include <boost/math/differentiation/autodiff.hpp>\n{_begin}using T = boost::math::differentiation::autodiff_fvar<{type}, 1>;\nint main() {{ {Each(x, (v, i) => i == 0 ? $"T x0 = boost::math::differentiation::make_fvar<{type}, 1>({v});" : $"T x{i}({v});")} T y({f}); cout << y.derivative(0) << \" \" << y.derivative(1) << endl; }}"),
        Cpp("Eigen", (f, x, type) => $"#include <Eigen/Core>\n#include <unsupported/Eigen/AutoDiff>\n{_begin}using T = Eigen::AutoDiffScalar<Eigen::Matrix<{type}, {x.Count}, 1>>;\nint main() {{ {Each(x, (v, i) => $"T x{i}({v}, {x.Count}, {i});")} T y({f}); cout << y.value() << \" \" << y.derivatives().transpose() << endl; }}"),
        Cpp("Sacado", (f, x, type) => $"#include <Sacado.hpp>\n{_begin}using T = Sacado::Fad::SFad<{type}, {x.Count}>;\nint main() {{ {Each(x, (v, i) => $"T x{i}({x.Count}, {i}, {v});")} T y({f}); cout << y << endl; }}"),
        Cpp("ADOL-C", (f, x, _) => $"#include <adolc/adolc.h>\n{_begin}using T = adouble;\nint main() {{\n  double y, s, x[] = {{{string.Join(", ", x)}}}, t[] = {{1}}, g[{x.Count}]; trace_on(1);\n  T {string.Join(", ", x.Select((_, i) => $"x{i}"))}; {Each(x, (_, i) => $"x{i} <<= x[{i}];")} T z = {f.Replace("abs(", "fabs(", StringComparison.Ordinal).Replace("ffabs(", "fabs(", StringComparison.Ordinal)}; z >>= y; trace_off();\n  gradient(1, {x.Count}, x, g); fos_forward(1, 1, {x.Count}, 0, x, t, &y, &s); cout << y << \" reverse \" << g[0] << \" forward \" << s << endl;\n}}"),
        new TreeLanguage("TensorFlow.js", "js", Names(_js, n => $"tf.{n}", _jsOthers), v => v, JavaScript, true),
    ];

    private static TreeLanguage Cpp(string engine, Func<string, IReadOnlyList<string>, string, string> lines) => new(
        engine,
        "cpp",
        // Results are expressions of types of their own, which max and min do not mix.
        Names(_functions, n => n, _operators).ToDictionary(o => o.Key, o => o.Key is "gt" or "ge" or "lt" or "le" or "equal" ? o.Value : $"T({o.Value})", StringComparer.Ordinal),
        v => $"T({v})",
        (f, x, _, format) => lines(f, [.. x.Select(a => TreeLanguage.Number(a.Data[0]))], format == "f32" ? "float" : "double"),
        false);

    private static string JavaScript(string f, IReadOnlyList<RecordedArray> x, IReadOnlyList<double> cotangent, string format)
    {
        string names = string.Join(", ", x.Select((_, i) => $"x{i}"));
        string arguments = string.Join(", ", x.Select(a => $"tf.tensor{(a.Shape.Rank == 1 ? "1d" : "")}([{string.Join(", ", a.Data.Select(TreeLanguage.Number))}]{(a.Shape.Rank == 1 ? "" : $", [{string.Join(", ", a.Shape.AsSpan().ToArray())}]")})"));
        return $"const tf = require('@tensorflow/tfjs');\nconst f = ({names}) => {f};\nconst x = [{arguments}], y = f(...x);\ny.print();\ntf.grads(f)(x, tf.tensor1d([{string.Join(", ", cotangent.Select(TreeLanguage.Number))}]).reshape(y.shape)).forEach(g => g.print());";
    }

    private static string Each(IReadOnlyList<string> x, Func<string, int, string> line) => string.Join(' ', x.Select(line));

    private static Dictionary<string, string> Names(string names, Func<string, string> called, string templates) => names.Split(' ').Select(n => n.Split('='))
        .ToDictionary(n => n[0], n => $"{called(n[^1])}({{0}}{(Operands(n[0]) > 1 ? ", {1}" : "")}{(Operands(n[0]) > 2 ? ", {2}" : "")})", StringComparer.Ordinal)
        .Concat(templates.Split(';').Select(t => t.Split('=', 2)).Select(t => KeyValuePair.Create(t[0], t[1])))
        .ToDictionary(StringComparer.Ordinal);

    private static int Operands(string name) => name switch
    {
        "where" => 3,
        "maximum" or "minimum" or "fmax" or "fmin" or "atan2" or "pow" or "hypot" or "copysign" or "add" or "sub" or "mul" or "div" or "gt" or "ge" or "lt" or "le" or "equal" or "remainder" or "maximum_scalar" or "power" or "norm" or "at" or "dot" => 2,
        _ => 1,
    };
}
