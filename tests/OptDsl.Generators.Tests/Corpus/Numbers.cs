// Arithmetic as C# has it: every result becomes a start value, so both doors are compared bit for bit.

partial class Integers
{
    [Compile]
    static Model Model
    {
        get
        {
            var n = new List<double>();
            int a = 17, b = -5;
            n.AddRange([a + b, a - b, a * b, a / b, a % b, -a, ~a, a & 12, a | 12, a ^ 12, a << 3, b >> 1, b >>> 28, +b]);
            long l = 1L << 40;
            n.AddRange([l, l / 3, l % 7, -l, l >> 5, l * b, (int)(l + 5), (long)3.99, l > a ? 1 : 0]);
            uint u = 3_000_000_000;
            ulong v = ulong.MaxValue;
            n.AddRange([u, u + 2_000_000_000, u >> 3, v, v / 2, v % 10, (uint)v, ~u, u * 2, (double)(v >> 60)]);
            byte y = 250;
            y += 10;
            sbyte s = (sbyte)y;
            s--;
            short h = short.MaxValue;
            h++;
            ushort k = 65535;
            k <<= 1;
            char c = 'a';
            c++;
            n.AddRange([y, s, h, k, c, c + 1, (char)(c + 2), unchecked((byte)300.7), unchecked((sbyte)-129), unchecked((short)70000), (byte)c]);
            int max = int.MaxValue;
            n.AddRange([unchecked(max + 1), unchecked(max * 2), max / 2, int.MinValue, unchecked((int)4_000_000_000), Math.Max(a, b), Math.Abs(b), Math.Sign(b), Math.Clamp(a, 0, 10)]);
            a += 3; a -= 1; a *= 2; a /= 3; a %= 7; a <<= 2; a >>= 1; a |= 8; a &= 13; a ^= 2;
            var i = 5;
            n.AddRange([a, i++, i, ++i, i--, --i, i++ + ++i, max == 3 ? 1 : 0]);
            bool t = true, f = false;
            n.AddRange([t & f ? 1 : 0, t | f ? 1 : 0, t ^ f ? 1 : 0, !t ? 1 : 0, t && !f ? 1 : 0, f || t ? 1 : 0]);
            t &= f;
            f |= !t;
            n.AddRange([t ? 1 : 0, f ? 1 : 0]);
            return Square(Parameter(n.ToArray())).Sum().Minimize(Sgd(0.1));
        }
    }
}

partial class Reals
{
    [Compile]
    static Model Model
    {
        get
        {
            var n = new List<double>();
            double x = 0.1, y = -3.7;
            n.AddRange([x + 0.2, x - y, x * y, x / 3, y % 1, -y, 1 / 3.0, 1e-300 * 1e-300, (int)y, (long)1e15, (float)x, (double)(float)x]);
            float f = 0.1f;
            f += 0.2f;
            f *= 3;
            f /= 7;
            n.AddRange([f, f * f, f + x, (double)(f / 3), (int)1e9f]);
            decimal d = 0.1m;
            d += 0.2m;
            d *= 3;
            n.AddRange([(double)d, (double)(d / 7), (int)(d * 100), (double)(1.10m % 0.25m), (double)decimal.Round(2.345m, 2)]);
            n.AddRange([Math.Sqrt(2), Math.Pow(2, 0.5), Math.Floor(y), Math.Ceiling(y), Math.Round(2.5), Math.Round(3.5), Math.Truncate(y), Math.Log2(8), Math.PI, double.Epsilon, Math.Exp(1) - Math.E]);
            n.AddRange([x < y ? 1 : 0, x >= y ? 1 : 0, double.IsNaN(0 / (x - x)) ? 1 : 0, double.PositiveInfinity > 1e308 ? 1 : 0, MathF.Sqrt(2), Convert.ToInt32(2.5), Convert.ToDouble("1.25")]);
            var big = 1e20;
            var nan = double.NaN;
            n.AddRange([(int)big, (int)nan, (long)-big, (ulong)big, (byte)big, (uint)y, (short)-big]);
            x++;
            --y;
            n.AddRange([x, y, x += 1, y *= 2, x-- - --y]);
            var implied = 1 + 2L + 3f + 4.0;
            n.Add(implied);
            return Square(Parameter(n.ToArray())).Sum().Minimize(Sgd(0.1));
        }
    }
}
