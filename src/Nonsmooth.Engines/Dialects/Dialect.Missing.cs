using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

public partial class Dialect
{
    /// <summary>x without its derivative.</summary>
    public virtual Variable StopGradient(Variable x) => Missing("stop_gradient");

    /// <summary>The hyperbolic cosine.</summary>
    public virtual Variable Cosh(Variable x) => Missing("cosh");

    /// <summary>The arc cosine.</summary>
    public virtual Variable Acos(Variable x) => Missing("acos");

    /// <summary>The inverse hyperbolic sine.</summary>
    public virtual Variable Asinh(Variable x) => Missing("asinh");

    /// <summary>The arc tangent.</summary>
    public virtual Variable Atan(Variable x) => Missing("atan");

    /// <summary>1 − erf(x).</summary>
    public virtual Variable Erfc(Variable x) => Missing("erfc");

    /// <summary>The cube root.</summary>
    public virtual Variable Cbrt(Variable x) => Missing("cbrt");

    /// <summary>log sigmoid(x).</summary>
    public virtual Variable Logsigmoid(Variable x) => Missing("logsigmoid");

    /// <summary>x · tanh(softplus(x)).</summary>
    public virtual Variable Mish(Variable x) => Missing("mish");

    /// <summary>The larger of two, a number before NaN.</summary>
    public virtual Variable Fmax(Variable x, Variable y) => Missing("fmax");

    /// <summary>The smaller of two, a number before NaN.</summary>
    public virtual Variable Fmin(Variable x, Variable y) => Missing("fmin");

    /// <summary>0, v or 1 by the sign.</summary>
    public virtual Variable Heaviside(Variable x, double v) => Missing("heaviside");

    /// <summary>x above 0, α(e^(x/α) − 1) below.</summary>
    public virtual Variable Celu(Variable x, double a) => Missing("celu");

    /// <summary>x above t, v elsewhere.</summary>
    public virtual Variable Threshold(Variable x, double t, double v) => Missing("threshold");

    /// <summary>x above 0, ax below, a a tensor.</summary>
    public virtual Variable Prelu(Variable x, double a) => Missing("prelu");

    /// <summary>Randomized leaky relu, not training.</summary>
    public virtual Variable RreluEval(Variable x, double a, double b) => Missing("rrelu");

    /// <summary>sign(x) max(|x| − λ, 0).</summary>
    public virtual Variable Softshrink(Variable x, double l) => Missing("softshrink");

    /// <summary>x where |x| &gt; λ, 0 elsewhere.</summary>
    public virtual Variable Hardshrink(Variable x, double l) => Missing("hardshrink");

    /// <summary>x/(1 + |x|).</summary>
    public virtual Variable Softsign(Variable x) => Missing("softsign");

    /// <summary>√(x² + y²).</summary>
    public virtual Variable Hypot(Variable x, Variable y) => Missing("hypot");

    /// <summary>|x| with y's sign.</summary>
    public virtual Variable Copysign(Variable x, Variable y) => Missing("copysign");

    /// <summary>|x + 0i|.</summary>
    public virtual Variable AbsComplex(Variable x) => Missing("abs of complex numbers");

    /// <summary>The least integer above.</summary>
    public virtual Variable Ceil(Variable x) => Missing("ceil");

    /// <summary>The integer towards 0.</summary>
    public virtual Variable Trunc(Variable x) => Missing("trunc");

    /// <summary>x − trunc(x).</summary>
    public virtual Variable Frac(Variable x) => Missing("frac");

    /// <summary>x − y floor(x/y).</summary>
    public virtual Variable Remainder(Variable x, Variable y) => Missing("remainder");

    /// <summary>x − y trunc(x/y).</summary>
    public virtual Variable Fmod(Variable x, Variable y) => Missing("fmod");

    /// <summary>Rounding to a grid, straight through.</summary>
    public virtual Variable FakeQuantize(Variable x, double s, int z, int a, int b) => Missing("fake_quantize");

    /// <summary>x log y, 0 for x = 0.</summary>
    public virtual Variable Xlogy(Variable x, Variable y) => Missing("xlogy");

    /// <summary>−x log x.</summary>
    public virtual Variable Entr(Variable x) => Missing("entr");

    /// <summary>sin(πx)/(πx).</summary>
    public virtual Variable Sinc(Variable x) => Missing("sinc");

    /// <summary>The angle.</summary>
    public virtual Variable Atan2(Variable x, Variable y) => Missing("atan2");

    /// <summary>log(eˣ + eʸ).</summary>
    public virtual Variable Logaddexp(Variable x, Variable y) => Missing("logaddexp");

    /// <summary>Numbers for NaN and infinities.</summary>
    public virtual Variable NanToNum(Variable x) => Missing("nan_to_num");

    /// <summary>x/y, 0 for y = 0.</summary>
    public virtual Variable DivideNoNan(Variable x, Variable y) => Missing("divide_no_nan");

    /// <summary>max − min.</summary>
    public virtual Variable Ptp(Variable x) => Missing("ptp");

    /// <summary>The median of what is not NaN.</summary>
    public virtual Variable Nanmedian(Variable x) => Missing("nanmedian");

    /// <summary>The q-quantile, interpolated.</summary>
    public virtual Variable Quantile(Variable x, double q) => Missing("quantile");

    /// <summary>The k-th least.</summary>
    public virtual Variable Kthvalue(Variable x, int k) => Missing("kthvalue");

    /// <summary>The most frequent.</summary>
    public virtual Variable Mode(Variable x) => Missing("mode");

    /// <summary>Running minima.</summary>
    public virtual Variable Cummin(Variable x) => Missing("cummin");

    /// <summary>Running products.</summary>
    public virtual Variable Cumprod(Variable x) => Missing("cumprod");

    /// <summary>Running log Σ exp.</summary>
    public virtual Variable Logcumsumexp(Variable x) => Missing("logcumsumexp");

    /// <summary>The product of all.</summary>
    public virtual Variable Prod(Variable x) => Missing("prod");

    /// <summary>The nuclear norm of a vector as a row.</summary>
    public virtual Variable NormNucRow(Variable x) => Missing("nuclear norm");

    /// <summary>x over its norm, guarded by an ε.</summary>
    public virtual Variable Normalize(Variable x) => Missing("normalize");

    /// <summary>x, scaled down to a norm.</summary>
    public virtual Variable ClipByNorm(Variable x, double m) => Missing("clip_by_norm");

    /// <summary>√variance.</summary>
    public virtual Variable Std(Variable x) => Missing("std");

    /// <summary>The multi-class margin loss.</summary>
    public virtual Variable MultiMargin(Variable x, int k) => Missing("multi_margin");

    /// <summary>The greatest of each group, scattered.</summary>
    public virtual Variable ScatterMax(Variable x, IReadOnlyList<int> i, int n) => Missing("scatter by maximum");

    /// <summary>The greatest of each group.</summary>
    public virtual Variable SegmentMax(Variable x, IReadOnlyList<int> i, int n) => Missing("segment maximum");

    /// <summary>The cosine of an angle, guarded by an ε.</summary>
    public virtual Variable CosineSimilarity(Variable x, Variable y) => Missing("cosine_similarity");

    /// <summary>x, scaled down to a norm.</summary>
    public virtual Variable Renorm(Variable x, double m) => Missing("renorm");

    /// <summary>Maxima of patches as columns.</summary>
    public virtual Variable UnfoldMax(Variable x, int k) => Missing("unfold");

    /// <summary>Maxima of cubic windows side by side.</summary>
    public virtual Variable MaxPool3d(Variable x, int kernel) => Missing("max-pooling in three axes");

    /// <summary>Maxima of windows of a given number.</summary>
    public virtual Variable AdaptiveMaxPool2d(Variable x, int n) => Missing("adaptive max-pooling");

    /// <summary>Another number of pixels.</summary>
    public virtual Variable Resize(Variable x, int n, string mode) => Missing("resize");

    /// <summary>An image at given places.</summary>
    public virtual Variable GridSample(Variable x, string mode, bool align) => Missing("grid_sample");

    /// <summary>Interpolation in a table.</summary>
    public virtual Variable Interp(Variable x, IReadOnlyList<double> xp, IReadOnlyList<double> fp) => Missing("interp");

    /// <summary>The determinant.</summary>
    public virtual Variable MDet(Variable a) => Missing("det");

    /// <summary>log |det|.</summary>
    public virtual Variable MSlogdet(Variable a) => Missing("slogdet");

    /// <summary>The nuclear norm.</summary>
    public virtual Variable MNormNuc(Variable a) => Missing("nuclear norm");

    /// <summary>The spectral norm.</summary>
    public virtual Variable MNormSpectral(Variable a) => Missing("spectral norm");

    /// <summary>Singular values.</summary>
    public virtual Variable MSvdvals(Variable a) => Missing("svdvals");

    /// <summary>Eigenvalues of a symmetric matrix.</summary>
    public virtual Variable MEigvalsh(Variable a) => Missing("eigvalsh");

    /// <summary>The greatest eigenvalue.</summary>
    public virtual Variable MEigvalshMax(Variable a) => Missing("eigvalsh");

    /// <summary>The inverse.</summary>
    public virtual Variable MInv(Variable a) => Missing("inv");

    /// <summary>The Cholesky factor.</summary>
    public virtual Variable MCholesky(Variable a) => Missing("cholesky");

    /// <summary>The triangular factor.</summary>
    public virtual Variable MQrR(Variable a) => Missing("qr");

    /// <summary>The square root of a matrix.</summary>
    public virtual Variable MSqrtm(Variable a) => Missing("sqrtm");

    /// <summary>A diagonal matrix.</summary>
    public virtual Variable Diag(Variable x) => Missing("diag");
}
