// The till: a customer of the public API. No value is ever written as markup, only as text.
(() => {
  'use strict';
  const $ = id => document.getElementById(id);
  const say = JSON.parse($('words').textContent);
  const lang = document.documentElement.lang;
  const scanLabel = $('scan').textContent;
  const state = { token: sessionStorage.getItem('till'), program: null, member: null, codes: new Set(), stream: null, order: null, tries: new Map() };

  const api = async (method, path, body, key) => {
    const headers = { 'Accept': 'application/json' };
    if (state.token) headers.Authorization = 'Bearer ' + state.token;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (key) headers['Idempotency-Key'] = key;
    const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'omit' })
      .catch(() => { throw new Error(say.offline); });
    const data = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (answer.ok) return data;
    if (answer.status === 401 && path !== '/v1/sessions') signOut();
    const known = data && say.errors && say.errors[data.code];
    throw new Error(known || (lang === 'en' && data && (data.detail || data.title)) || say.wrong);
  };
  const show = (id, yes) => { $(id).hidden = !yes; };
  const tell = (text, good) => {
    $('message').textContent = text;
    $('message').className = good ? 'note good' : 'note warn';
    show('message', text !== '');
    // What was pressed may stand far below it.
    if (text) $('message').scrollIntoView({ block: 'nearest' });
  };
  const guarded = work => async event => {
    if (event) event.preventDefault();
    tell('', true);
    try { await work(event); } catch (e) { tell(e.message, false); }
  };
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  // A list of buttons, one of which is to be chosen.
  const choices = (list, all, label, hint, chosen) => list.replaceChildren(...all.map(one => {
    const choose = element('button', label(one), 'quiet');
    choose.type = 'button';
    choose.value = one.id;
    choose.append(' ', element('span', hint(one), 'small'));
    choose.addEventListener('click', guarded(() => chosen(one)));
    const item = element('li');
    item.append(choose);
    return item;
  }));
  const text = local => typeof local === 'string' ? local : local[lang] || local.en || Object.values(local)[0];
  const digits = () => new Intl.NumberFormat('en', { style: 'currency', currency: state.program.currency }).resolvedOptions().maximumFractionDigits;
  const money = minor => new Intl.NumberFormat(lang, { style: 'currency', currency: state.program.currency }).format(minor / 10 ** digits());
  const points = n => new Intl.NumberFormat(lang).format(n) + ' ' + text(n === 1 ? state.program.unit.one : state.program.unit.many);

  // As on the card, to be read aloud and compared.
  const grouped = code => code.replace(/(.{4})(?=.)/g, '$1-');

  // Money as people type it: the last separator begins the fraction where so few digits are behind it as the currency has.
  const minorUnits = typed => {
    const fraction = digits();
    const clean = typed.replace(/[^0-9.,]/g, '');
    const match = fraction > 0 && new RegExp(`^(.*)[.,](\\d{1,${fraction}})$`).exec(clean);
    const whole = (match ? match[1] : clean).replace(/[.,]/g, '');
    const rest = (match ? match[2] : '').padEnd(fraction, '0').slice(0, fraction);
    return Number((whole || '0') + rest);
  };

  const signOut = () => {
    sessionStorage.removeItem('till');
    sessionStorage.removeItem('till-shop');
    Object.assign(state, { token: null, member: null });
    $('found').replaceChildren();
    $('shops').replaceChildren();
    stop();
    show('sign-in', true); show('shop', false); show('shops-part', false); show('find', false); show('member', false); show('sign-out', false);
  };
  const canScan = async () => 'BarcodeDetector' in window && !!(navigator.mediaDevices && navigator.mediaDevices.getUserMedia)
    && (await window.BarcodeDetector.getSupportedFormats().catch(() => [])).includes('qr_code');
  const enter = async () => {
    state.program = await api('GET', '/v1/program').then(p => p.program || p.document || p);
    $('shops').replaceChildren();
    $('shop').textContent = sessionStorage.getItem('till-shop');
    show('sign-in', false); show('shop', true); show('shops-part', false); show('find', true); show('sign-out', true);
    show('scan', await canScan());
    $('query').focus();
  };

  const stay = async session => {
    state.token = session.token;
    sessionStorage.setItem('till', session.token);
    sessionStorage.setItem('till-shop', session.tenant.business_name);
    await enter();
  };
  // A session is in one shop: who means another gets one there, and the first ends. Shops of one name are told apart by their ids.
  const askForShop = (who, session) => {
    state.token = session.token;
    const named = name => session.tenants.filter(one => one.business_name === name).length;
    choices($('shops'), session.tenants, one => one.business_name, one => named(one.business_name) > 1 ? one.id : '', async one => {
      if (one.id !== session.tenant.id) {
        const other = await api('POST', '/v1/sessions', { ...who, tenant: one.id });
        await api('DELETE', '/v1/sessions/current');
        session = other;
      }
      await stay(session);
    });
    show('sign-in', false); show('shops-part', true); show('sign-out', true);
    $('shops').querySelector('button').focus();
  };
  $('sign-in').addEventListener('submit', guarded(async () => {
    state.token = null;
    const who = { email: $('email').value, password: $('password').value };
    const session = await api('POST', '/v1/sessions', who);
    $('password').value = '';
    if (session.tenants.length > 1) askForShop(who, session); else await stay(session);
  }));
  $('sign-out').addEventListener('click', guarded(async () => {
    try { await api('DELETE', '/v1/sessions/current'); } finally { signOut(); }
  }));

  const keyOf = query => {
    const bare = query.replace(/[\s-]/g, '');
    if (query.includes('@')) return { email: query };
    if (/^\d{16}$/.test(bare)) return { card_number: bare };
    if (/^\+?[\d().]{5,}$/.test(bare)) return { phone: query };
    return { name_prefix: query };
  };
  const find = async query => {
    if (!query) return;
    const found = (await api('POST', '/v1/members/search', keyOf(query))).data;
    const list = $('found');
    list.replaceChildren();
    show('member', false);
    if (found.length === 0) { tell(say.nobody, false); return; }
    if (found.length === 1) { await open(found[0]); return; }
    choices(list, found, one => one.name || say.nameless, one => one.phone || one.email || '', one => { list.replaceChildren(); return open(one); });
  };
  $('find').addEventListener('submit', guarded(() => find($('query').value.trim())));

  const open = async member => {
    state.member = member;
    state.codes.clear();
    state.order = crypto.randomUUID();
    $('amount').value = $('code').value = $('preview').textContent = '';
    await render(await api('GET', '/v1/members/' + member.id));
    show('member', true);
    $('amount').focus();
  };
  const render = async member => {
    state.member = member;
    $('name').textContent = member.name || say.nameless;
    $('points').textContent = points(member.points.available);
    const tier = member.tier;
    $('tier').textContent = tier ? text(tier.name) : '';
    const next = tier && tier.progress.to_next;
    show('progress', !!next);
    if (next) {
      const value = tier.progress.value;
      $('progress').max = value + next.missing;
      $('progress').value = value;
      $('progress').textContent = value + ' / ' + (value + next.missing);
    }
    await Promise.all([vouchers(member.id), rewards(member.id)]);
  };
  const vouchers = async id => {
    const list = $('vouchers');
    list.replaceChildren();
    for (const voucher of (await api('GET', '/v1/members/' + id + '/vouchers?state=issued&limit=200')).data) {
      const label = element('label', undefined, 'tick');
      const box = element('input');
      box.type = 'checkbox';
      box.checked = state.codes.has(voucher.code);
      box.addEventListener('change', () => box.checked ? state.codes.add(voucher.code) : state.codes.delete(voucher.code));
      label.append(box, element('span', text(voucher.name) + ' · ' + grouped(voucher.code) + (voucher.reusable ? ' · ' + say.again : '')));
      const item = element('li');
      item.append(label);
      list.append(item);
    }
    show('vouchers-part', list.children.length > 0);
  };
  const rewards = async id => {
    const list = $('rewards');
    list.replaceChildren();
    for (const reward of (await api('GET', '/v1/rewards?member=' + encodeURIComponent(id))).data) {
      if (!reward.affordable || (reward.locked_by && reward.locked_by.length)) continue;
      const item = element('li', undefined, 'row');
      item.append(element('span', text(reward.name) + ' · ' + points(reward.cost_points)));
      const redeem = element('button', say.redeem, 'quiet');
      redeem.type = 'button';
      redeem.addEventListener('click', guarded(async () => {
        redeem.disabled = true;
        // A try that was cut off is repeated under its key, so that it redeems once.
        const what = id + ' ' + reward.key;
        if (!state.tries.has(what)) state.tries.set(what, crypto.randomUUID());
        try {
          const done = await api('POST', '/v1/redemptions', { member: id, reward: reward.key }, state.tries.get(what));
          state.tries.delete(what);
          state.codes.add(done.voucher.code);
          await render(await api('GET', '/v1/members/' + id));
          tell(say.redeemed + ' ' + grouped(done.voucher.code), true);
        } catch (e) {
          if (e.message !== say.offline) state.tries.delete(what);
          redeem.disabled = false;
          throw e;
        }
      }));
      item.append(redeem);
      list.append(item);
    }
    show('rewards-part', list.children.length > 0);
  };

  // The order keeps its number until it is booked: what was cut off is not booked twice.
  const purchase = () => {
    const typed = $('code').value.replace(/[\s-]/g, '').toUpperCase();
    const codes = [...state.codes];
    if (typed) codes.push(typed);
    const amount = minorUnits($('amount').value);
    // A voucher may leave nothing to pay.
    if (!(amount > 0 || (/\d/.test($('amount').value) && codes.length > 0))) throw new Error(say.amount);
    return { source: 'till-page', order_id: state.order, member: state.member.id, amount, voucher_codes: codes };
  };
  $('preview-button').addEventListener('click', guarded(async () => {
    const asked = purchase();
    const would = await api('POST', '/v1/purchases/simulate', asked);
    $('preview').textContent = money(asked.amount) + ': +' + points(would.points_earned);
  }));
  $('sale').addEventListener('submit', guarded(async () => {
    const body = purchase();
    $('book').disabled = true;
    try {
      const done = await api('POST', '/v1/purchases', body);
      state.codes.clear();
      state.order = crypto.randomUUID();
      $('amount').value = $('code').value = $('preview').textContent = '';
      await render(await api('GET', '/v1/members/' + state.member.id));
      tell(say.booked + ' ' + money(body.amount) + ', +' + points(done.points_earned), true);
    } finally {
      $('book').disabled = false;
    }
  }));

  // Scanning: a card's code finds the member, any other code is a voucher's.
  const stop = () => {
    if (state.stream) state.stream.getTracks().forEach(track => track.stop());
    state.stream = null;
    show('camera', false);
    $('scan').textContent = scanLabel;
  };
  const seen = async value => {
    if (/^\d{16}$/.test(value)) { $('query').value = value; await find(value); return; }
    if (!state.member) throw new Error(say.member_first);
    $('code').value = value;
    tell(say.scanned, true);
  };
  $('scan').addEventListener('click', guarded(async () => {
    if (state.stream) { stop(); return; }
    try {
      state.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch (e) {
      throw new Error(say.no_camera);
    }
    const video = $('camera');
    video.srcObject = state.stream;
    show('camera', true);
    $('scan').textContent = say.stop;
    await video.play();
    const detector = new window.BarcodeDetector({ formats: ['qr_code'] });
    const look = async () => {
      if (!state.stream) return;
      const codes = await detector.detect(video).catch(() => []);
      if (codes.length === 0) { setTimeout(look, 200); return; }
      stop();
      await guarded(() => seen(codes[0].rawValue.trim()))();
    };
    look();
  }));
  document.addEventListener('visibilitychange', () => { if (document.hidden) stop(); });

  if (state.token) enter().catch(signOut); else signOut();
})();
